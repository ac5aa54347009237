// Receives webhooks, verifies them, and says what came: one line of JSON for each.
//   npm ci && WEBHOOK_SECRET=whsec_… PORT=9000 node receiver.mjs
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
const seen = new Set(); // a real receiver keeps these where its data is, and in the transaction of what it does

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    try {
      // The bytes as they came: parsed and written again they would have another signature
      const event = webhook.verify(Buffer.concat(chunks), request.headers);
      const known = seen.has(event.id);
      seen.add(event.id);
      console.log(JSON.stringify({ accepted: event.type, id: event.id, sequence: event.sequence, known }));
      response.writeHead(204).end();
    } catch (refused) {
      console.log(JSON.stringify({ refused: refused.message }));
      response.writeHead(400).end();
    }
  });
}).listen(Number(process.env.PORT ?? 9000), '127.0.0.1', function () {
  console.log('listening on ' + this.address().port);
});
