// Verifies an exported trail by FORMAT.txt alone, with nothing of the service: node verify.mjs DIRECTORY [SEQ:HASH]
// DIRECTORY holds what `unzip` makes of the archive; SEQ:HASH is a checkpoint of an earlier day that you have kept.
import {createHash, createPublicKey, verify} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {createInterface} from 'node:readline';
import {join} from 'node:path';

const [directory, kept] = process.argv.slice(2);
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const uuid = (text) => Buffer.from(text.replaceAll('-', ''), 'hex');
const long = (number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(number));
  return bytes;
};
const text = (value) => {
  if (value === undefined || value === null) {
    return Buffer.from('ffffffff', 'hex');
  }
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(value)]);
};
const lines = (name) => createInterface({input: createReadStream(join(directory, name)), crlfDelay: Infinity});

function fail(seq, why) {
  console.log(`entry ${seq}: ${why}`);
  process.exit(1);
}

function hashOf(entry, digest) {
  const told = ['id', 'at', 'actorKind', 'actorId', 'keyId', 'network', 'action', 'resource', 'outcome', 'reason', 'ticket', 'requestId'];
  const body = sha256('misy-audit-body/1', ...told.map((name) => text(entry[name])), digest);
  return sha256('misy-audit-entry/1', uuid(entry.tenant), long(entry.seq), long(entry.checkpoint),
    Buffer.from(entry.previous, 'hex'), body);
}

/** Microseconds since 1970 of a text with up to six digits. */
function micros(at) {
  const [seconds, digits = ''] = at.replace('Z', '').split('.');
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(digits.padEnd(6, '0'));
}

function isSigned(checkpoint) {
  const jwk = {crv: 'Ed25519', kty: 'OKP', x: checkpoint.publicKey};
  const message = Buffer.concat([Buffer.from('misy-audit-checkpoint/1'), uuid(checkpoint.tenant), long(checkpoint.seq),
    Buffer.from(checkpoint.hash, 'hex'), long(micros(checkpoint.at)), long(checkpoint.previous), Buffer.from([checkpoint.sealed ? 1 : 0])]);
  return sha256(JSON.stringify(jwk)).toString('base64url') === checkpoint.kid
    && verify(null, message, createPublicKey({key: jwk, format: 'jwk'}), Buffer.from(checkpoint.signature, 'base64url'));
}

const checkpoints = new Map();
for await (const line of lines('checkpoints.ndjson')) {
  const checkpoint = JSON.parse(line);
  checkpoints.set(checkpoint.seq, checkpoint);
}

let last = {seq: 0, hash: '0'.repeat(64)};
let lastCheckpoint = 0;
for await (const line of lines('entries.ndjson')) {
  const entry = JSON.parse(line);
  const checkpoint = checkpoints.get(entry.seq);
  if (last.seq === 0 && checkpoint?.sealed) {
    last = {seq: entry.seq - 1, hash: entry.previous}; // what was before has been deleted by rule
    lastCheckpoint = entry.checkpoint;
  }
  const digest = Buffer.from(entry.detailsDigest, 'hex');
  if (entry.seq !== last.seq + 1) {
    fail(last.seq + 1, 'it is not there');
  } else if (entry.previous !== last.hash) {
    fail(entry.seq, 'it does not follow the entry before it');
  } else if (hashOf(entry, digest).toString('hex') !== entry.hash) {
    fail(entry.seq, 'it is not what was written');
  } else if (entry.details !== undefined && entry.details !== null && !sha256(entry.details).equals(digest)) {
    fail(entry.seq, 'its details are not what was written');
  } else if (entry.checkpoint !== lastCheckpoint) {
    fail(entry.seq, `it names checkpoint ${entry.checkpoint}, and the last one before it is ${lastCheckpoint}`);
  } else if (checkpoint && !(checkpoint.tenant === entry.tenant && isSigned(checkpoint))) {
    fail(entry.seq, 'its checkpoint is not signed by the key it names');
  } else if (checkpoint && checkpoint.hash !== entry.hash) {
    fail(entry.seq, 'its checkpoint says another hash');
  } else if (kept?.startsWith(`${entry.seq}:`) && kept !== `${entry.seq}:${entry.hash}`) {
    fail(entry.seq, 'your checkpoint says another hash');
  }
  lastCheckpoint = checkpoint ? entry.seq : lastCheckpoint;
  last = entry;
}
if (Math.max(0, ...checkpoints.keys()) !== last.seq) {
  fail(last.seq + 1, 'the last checkpoint is not that of the last entry');
} else if (kept && Number(kept.split(':')[0]) > last.seq) {
  fail(last.seq + 1, 'the trail ends before your checkpoint');
}
console.log(`${last.seq} entries are as they were written, signed by ${[...new Set([...checkpoints.values()].map((one) => one.kid))]}`);
