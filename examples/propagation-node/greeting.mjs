// A service that works for the tenant it is called for, with nothing but Node.js 18 or later:
//
//   TENANCY_URL=http://127.0.0.1:8080 TENANCY_KEY=misy_svc_… PORT=9001 node greeting.mjs
//
// GET /greet?siteId=…&origin=… takes the tenant from the request, asks Misy Tenancy for its context, and calls the next service
// for the same tenant, if NEXT names one. TENANCY_KEY needs context:read and context:assert.

import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';

const { TENANCY_URL, TENANCY_KEY, NEXT, PORT = '0' } = process.env;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The tenant of whatever runs now, also after an await. */
const tenant = new AsyncLocalStorage();

/** The member misy.tenant of W3C baggage, or the header for those who send no baggage. */
function tenantOf(request) {
  for (const member of (request.headers.baggage ?? '').split(',')) {
    const [key, value] = member.split(';')[0].split('=');
    if (key.trim() === 'misy.tenant' && value !== undefined) {
      return decodeURIComponent(value.trim());
    }
  }
  return request.headers['misy-tenant'];
}

/** Only to hosts that are trusted with the tenant: here the two that are configured. No redirect is followed. */
function call(url, headers = {}) {
  const id = tenant.getStore();
  return fetch(url, { redirect: 'manual', headers: { 'Misy-Tenant': id, baggage: `misy.tenant=${id}`, ...headers } });
}

/** Everything in here, however deep, knows the tenant. */
async function greeting(query) {
  const context = await call(`${TENANCY_URL}/api/v1/context${query}`, { Authorization: `Bearer ${TENANCY_KEY}` });
  return {
    service: 'node',
    tenant: tenant.getStore(),
    counted: context.headers.get('Misy-Tenant') ?? '',
    context: await context.json(),
    next: NEXT ? await (await call(`${NEXT}/greet${query}`)).json() : null,
  };
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

const server = http.createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url, 'http://localhost');
  if (pathname !== '/greet') {
    return answer(response, 404, { error: 'there is /greet' });
  }
  try {
    const id = tenantOf(request);
    if (!UUID.test(id)) {
      return answer(response, 400, { error: 'say for which tenant' });
    }
    return answer(response, 200, await tenant.run(id, () => greeting(search)));
  } catch (error) {
    console.error(error);
    return answer(response, 502, { error: 'a service that was asked did not answer' });
  }
});

// Whoever reaches this port is believed: keep it where only services of your own are
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
