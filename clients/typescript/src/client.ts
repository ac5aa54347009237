import createClient from "openapi-fetch";
import type { paths } from "../generated/api.js";

/** A client of one service, which sends the key with every request. */
export function tenancy(baseUrl: string, key: string) {
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });
}
