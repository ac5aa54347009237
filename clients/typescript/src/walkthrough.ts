import { readFile } from "node:fs/promises";
import { tenancy } from "./client.js";

// From create to delete and restore of one tenant: walkthrough.js [base URL] [file with the operator key]
const [baseUrl = "http://localhost:8080", keyFile = "data/operator.key"] = process.argv.slice(2);
const client = tenancy(baseUrl, (await readFile(keyFile, "utf8")).trim());
const tenantId = `walkthrough-${Date.now().toString(36)}`;
const one = { path: { tenantId } };
const mergePatch = { "Content-Type": "application/merge-patch+json" };

let passed = 0;
let failed = 0;

/** Tells how a request went, and answers what came back where the status and the body are as expected. */
async function step<T>(
  title: string,
  expected: number,
  request: Promise<{ data?: T; error?: unknown; response: Response }>,
  accepts: (data: T) => boolean = () => true,
): Promise<string | undefined> {
  const { data, error, response } = await request;
  const good = response.status === expected && (data === undefined ? error !== undefined : accepts(data));
  if (good) {
    passed++;
  } else {
    failed++;
  }
  console.log(`${good ? "ok    " : "FAILED"} ${title}: ${response.status}`);
  if (!good) {
    console.log(`       expected ${expected}, got ${JSON.stringify(data ?? error)}`);
  }
  return response.headers.get("ETag") ?? undefined;
}

const first = await step(
  "create",
  201,
  client.POST("/api/v1/tenants", {
    body: {
      tenantId,
      business: { name: "Acme Dental", country: "DE", locale: "de-DE", timeZone: "Europe/Berlin" },
      allowedOrigins: [`https://www.${tenantId}.example`],
      permissions: ["chat.reply"],
      labels: { tier: "gold" },
    },
  }),
  (tenant) => tenant.tenantId === tenantId && tenant.status === "ACTIVE",
);

await step(
  "read",
  200,
  client.GET("/api/v1/tenants/{tenantId}", { params: { path: { tenantId } } }),
  (tenant) => tenant.business.name === "Acme Dental" && tenant.labels["tier"] === "gold",
);

await step(
  "list",
  200,
  client.GET("/api/v1/tenants", { params: { query: { domain: `www.${tenantId}.example` } } }),
  (page) => typeof page === "object" && "items" in page && page.items.length === 1 && page.items[0]?.tenantId === tenantId,
);

const ifFirst = { "If-Match": first ?? "" };
await step(
  "patch",
  200,
  client.PATCH("/api/v1/tenants/{tenantId}", {
    params: { ...one, header: ifFirst },
    headers: mergePatch,
    body: { business: { phone: "+4930901820" }, labels: { tier: null } },
  }),
  (tenant) => tenant.business.phone === "+4930901820" && tenant.labels["tier"] === undefined,
);

await step(
  "patch with a stale version",
  412,
  client.PATCH("/api/v1/tenants/{tenantId}", {
    params: { ...one, header: ifFirst },
    headers: mergePatch,
    body: { plan: "standard" },
  }),
);

await step(
  "suspend",
  200,
  client.POST("/api/v1/tenants/{tenantId}/suspend", { params: one, body: { reason: "Invoice overdue" } }),
  (tenant) => tenant.status === "SUSPENDED",
);

await step(
  "resume",
  200,
  client.POST("/api/v1/tenants/{tenantId}/resume", { params: one }),
  (tenant) => tenant.status === "ACTIVE",
);

await step(
  "delete",
  202,
  client.DELETE("/api/v1/tenants/{tenantId}", {
    params: { ...one, query: { purgeAfter: "P30D" }, header: { "If-Match": "*", "X-Reason": "Contract%20ended" } },
  }),
  (tenant) => tenant.status === "PENDING_DELETION" && tenant.purgeAt !== undefined,
);

await step(
  "restore",
  200,
  client.POST("/api/v1/tenants/{tenantId}/restore", { params: one }),
  (tenant) => tenant.status === "ACTIVE",
);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
