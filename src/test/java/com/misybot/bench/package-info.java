/**
 * The benchmark: measures the service against a bare endpoint in the same process and against {@code pgbench}. Beside the
 * root package, so that neither the service nor its tests ever scan it; {@code bench/run} starts it.
 */
package com.misybot.bench;
