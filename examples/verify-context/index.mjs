// Verifies a signed tenant context as a service behind the gateway does, and prints what it says.
//
//   node index.mjs <issuer> <audience> [address of the keys] < token
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [issuer, audience, address = `${issuer}/.well-known/jwks.json`] = process.argv.slice(2);
if (!issuer || !audience) {
  console.error('usage: node index.mjs <issuer> <audience> [address of the keys] < token');
  process.exit(64);
}

// One for the whole process: it keeps the keys for five minutes, and asks again, at most every 30 seconds, for one it has not.
const keys = createRemoteJWKSet(new URL(address), { cacheMaxAge: 300_000, cooldownDuration: 30_000 });

/** The context that a token carries. Throws where anything about the token is not as it must be. */
export async function verifyContext(token) {
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ['EdDSA'],
    typ: 'misy-context+jwt',
    issuer,
    audience,
    clockTolerance: 5,
    requiredClaims: ['sub', 'origin', 'ctx_version', 'jti', 'iat', 'exp'],
  });
  return payload;
}

let token = '';
for await (const chunk of process.stdin) {
  token += chunk;
}
try {
  console.log(JSON.stringify(await verifyContext(token.trim()), null, 2));
} catch (refused) {
  console.error(`refused: ${refused.code ?? refused.message}`);
  process.exit(1);
}
