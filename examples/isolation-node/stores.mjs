// The stores of Misy Tenancy as a service reaches them that works for one tenant: what each refuses is said at each.

import Redis from 'ioredis';
import { Binary, MongoClient } from 'mongodb';
import pg from 'pg';

const { TENANCY_URL, TENANCY_KEY, POSTGRES_URL, POSTGRES_PASSWORD, REDIS_HOST, REDIS_PORT = '6379', REDIS_PASSWORD, MONGODB_URL } =
  process.env;

/** Asks Misy Tenancy for a path of this tenant. */
export function tenancy(tenantId, path, options = {}) {
  return fetch(`${TENANCY_URL}/api/v1/tenants/${encodeURIComponent(tenantId)}${path}`, {
    redirect: 'error',
    ...options,
    headers: { 'Content-Type': 'application/json', ...options.headers, Authorization: `Bearer ${TENANCY_KEY}` },
  });
}

/** How this service gets at what is the tenant's: for each store role and setting, prefix and user, or prefix of collections. */
async function accesses(tenantId) {
  const answer = await tenancy(tenantId, '/namespaces');
  if (!answer.ok) {
    throw new Error(`the namespaces of ${tenantId} were answered ${answer.status}`);
  }
  const { namespaces } = await answer.json();
  return (store) => {
    const namespace = namespaces.find((one) => one.store === store && one.available);
    if (!namespace) {
      throw new Error(`${store} is not available`);
    }
    return namespace.access;
  };
}

/** PostgreSQL as the tenant role: without a tenant bound it raises, and with one it has the rows of that one alone. */
function postgres({ role, setting, value }) {
  const address = new URL(POSTGRES_URL);
  address.username = role;
  address.password = POSTGRES_PASSWORD;
  const pool = new pg.Pool({ connectionString: address.href, max: 4 });
  // a connection that breaks while nobody uses it is replaced, and no reason to end
  pool.on('error', (error) => console.error(error.message));

  // The tenant is bound in each transaction, as its first statement and for it alone (true). Never with SET, which the next one
  // to borrow the connection would find.
  async function inTenant(work) {
    const client = await pool.connect();
    let broken;
    try {
      await client.query('begin');
      await client.query('select set_config($1, $2, true)', [setting, value]);
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failed) => (broken = failed));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return { pool, inTenant };
}

/** Redis as the tenant's own user: any other key or channel is refused, and so is every command that knows no keys. */
function redis({ username, keyPrefix }) {
  if (!username) {
    throw new Error('the tenant has no user of Redis: POST …/namespaces/redis/credentials makes one');
  }
  // The ready check would ask for INFO, which this user has not.
  return new Redis({
    host: REDIS_HOST,
    port: Number(REDIS_PORT),
    username,
    password: REDIS_PASSWORD,
    keyPrefix,
    enableReadyCheck: false,
  });
}

/**
 * MongoDB knows one user for all tenants, so nothing refuses what is asked wrongly. Names of collections begin with the tenant's prefix,
 * every read asks for the tenant as well and looks again at what came, and writes go through the document API, which checks them.
 */
async function documents({ database, collectionPrefix }) {
  const mongo = await new MongoClient(MONGODB_URL, { serverSelectionTimeoutMS: 5000 }).connect();
  const tenant = new Binary(Buffer.from(collectionPrefix.slice(2, 34), 'hex'), Binary.SUBTYPE_UUID);

  async function read(name, id) {
    if (!/^[a-z][a-z0-9_]{0,47}$/.test(name) || typeof id !== 'string') {
      throw new TypeError('a name and an id');
    }
    const found = await mongo.db(database).collection(collectionPrefix + name).findOne({ _id: { $eq: id }, tenant });
    return found?.tenant instanceof Binary && tenant.buffer.equals(found.tenant.buffer) ? found.body : null;
  }

  return { read, close: () => mongo.close() };
}

/** Connects to all three for one tenant. */
export async function connect(tenantId) {
  const of = await accesses(tenantId);
  const sql = postgres(of('postgres'));
  const keys = redis(of('redis'));
  const notes = await documents(of('mongodb'));
  return {
    access: of,
    sql,
    keys,
    notes,
    close: () => Promise.all([sql.pool.end(), keys.quit(), notes.close()]),
  };
}
