// Tries, with the connections of the service, to reach another tenant, and prints what came of each try:
//
//   TENANT=acme-dental … node reach.mjs <UUID of another tenant>
//
// Ends with 0 where nothing was reached, with 1 otherwise.

import { connect } from './stores.mjs';

const other = process.argv[2];
const stores = await connect(process.env.TENANT);
const { sql, keys, notes, access } = stores;
const tries = {};

/** Notes down what a try was refused with, or what it got. */
async function attempt(way, work) {
  try {
    tries[way] = JSON.stringify(await work());
  } catch (error) {
    tries[way] = `refused: ${error.code ?? (error.name === 'ReplyError' ? error.message.split(' ')[0] : error.name)}`;
  }
}

const count = async (client, text, values = []) => (await client.query(text, values)).rowCount;
// a client as one would have it who forgets the prefix
const past = keys.duplicate({ keyPrefix: '' });
past.on('error', () => {});

await attempt('rows of the other', () =>
  sql.inTenant((client) => count(client, 'select 1 from tenant where id = $1', [other])));
await attempt('rows of all but this one', () =>
  sql.inTenant((client) => count(client, 'select 1 from tenant where id <> $1', [access('postgres').value])));
await attempt('change rows of the other', () =>
  sql.inTenant((client) => count(client, 'update tenant set plan_version = 0 where id = $1', [other])));
await attempt('make a row of the other', () =>
  sql.inTenant((client) => count(client, 'insert into canary (tenant, name, secret) values ($1, $2, $2)', [other, 'x'])));
await attempt('rows without a tenant bound', async () => count(sql.pool, 'select 1 from tenant'));
await attempt('a tenant left bound by the one before', async () => {
  const client = await sql.pool.connect();
  try {
    return (await client.query('select coalesce(current_setting($1, true), $2) as left', [access('postgres').setting, ''])).rows[0].left;
  } finally {
    client.release();
  }
});
await attempt('another role', () => sql.inTenant((client) => count(client, 'set local role tenancy_platform')));

await attempt('key of the other', () => past.get(`t:{${other}}:app:cart:7`));
await attempt('write a key of the other', () => past.set(`t:{${other}}:app:cart:7`, 'x'));
await attempt('key of the other behind the prefix', () => keys.get(`../t:{${other}}:app:cart:7`));
await attempt("the service's own key of this tenant", () => past.get(`t:{${access('postgres').value}}:context`));
await attempt('all keys', () => past.scan('0'));
await attempt('publish to the other', () => past.publish(`t:{${other}}:app:news`, 'x'));
await attempt('script', () => past.eval('return redis.call("get", ARGV[1])', 0, `t:{${other}}:app:cart:7`));

const hex = other.replaceAll('-', '');
await attempt('collection of the other', () => notes.read(`t_${hex}__notes`, 'n1'));
await attempt('collection of the other by a path', () => notes.read(`../t_${hex}__notes`, 'n1'));
await attempt('operator for an id', () => notes.read('notes', { $ne: '' }));
await attempt('document of the other that lies among ours', () => notes.read('notes', 'planted'));
await attempt('document of both', () => notes.read('notes', 'both'));

past.disconnect();
await stores.close();
console.log(JSON.stringify(tries, null, 2));
process.exitCode = Object.values(tries).every((got) => /^(refused: .*|0|null|"")$/.test(got)) ? 0 : 1;
