// A service that works for one tenant by connections of its own (docs/isolation.md says what it needs):
//
//   TENANCY_URL=… TENANCY_KEY=… TENANT=acme-dental … PORT=9002 node service.mjs
//
// GET /tenant                what PostgreSQL has of the tenant
// GET, PUT /carts/{id}       kept in Redis for an hour
// GET, PUT /notes/{id}       documents of the collection notes: read from MongoDB, written through Misy Tenancy

import http from 'node:http';
import { connect, tenancy } from './stores.mjs';

const { TENANT, PORT = '0' } = process.env;
const stores = await connect(TENANT);

async function body(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return JSON.stringify(JSON.parse(text));
}

async function answerOf(request) {
  const [, kind, id = ''] = new URL(request.url, 'http://localhost').pathname.split('/').map(decodeURIComponent);
  switch (`${request.method} ${kind}`) {
    case 'GET tenant': {
      // no where: the policy of the table leaves one row
      const { rows } = await stores.sql.inTenant((client) => client.query('select id, tenant_id, status from tenant'));
      return rows;
    }
    case 'PUT carts':
      await stores.keys.set(`cart:${id}`, await body(request), 'EX', 3600);
      return {};
    case 'GET carts':
      return JSON.parse(await stores.keys.get(`cart:${id}`));
    case 'PUT notes': {
      const path = `/collections/notes/documents/${encodeURIComponent(id)}`;
      const put = await tenancy(TENANT, path, { method: 'PUT', body: await body(request) });
      if (!put.ok) {
        throw new Error(`the document was answered ${put.status}`);
      }
      return {};
    }
    case 'GET notes':
      return stores.notes.read('notes', id);
    default:
      return null;
  }
}

const server = http.createServer(async (request, response) => {
  let status = 200;
  let answer;
  try {
    answer = await answerOf(request);
    status = answer === null ? 404 : 200;
  } catch (error) {
    console.error(error);
    status = 502;
    answer = { error: 'a store or Misy Tenancy did not do it' };
  }
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(answer));
});

// Whoever reaches this port is believed: keep it where only services of your own are
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${server.address().port}`));

process.once('SIGTERM', () => server.close(() => stores.close()));
