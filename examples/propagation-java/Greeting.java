// A service that works for the tenant it is called for, with nothing but JDK 25:
//
//   TENANCY_URL=http://127.0.0.1:8080 TENANCY_KEY=misy_svc_… NEXT=http://127.0.0.1:9001 PORT=9000 java Greeting.java
//
// GET /greet?siteId=…&origin=… takes the tenant from the request, asks Misy Tenancy for its context, and calls the next service
// for the same tenant. TENANCY_KEY needs context:read and context:assert.

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

static final ScopedValue<UUID> TENANT = ScopedValue.newInstance();

static final String TENANCY_URL = System.getenv("TENANCY_URL");
static final String TENANCY_KEY = System.getenv("TENANCY_KEY");
static final String NEXT = System.getenv("NEXT");

// No redirect is followed: the tenant would be told to whatever host it leads to
static final HttpClient HTTP =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

void main() throws IOException {
    var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "0"));
    // Whoever reaches this port is believed: keep it where only services of your own are
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/greet", this::greet);
    server.start();
    IO.println("listening on " + server.getAddress().getPort());
}

void greet(HttpExchange exchange) throws IOException {
    try (exchange) {
        var tenant = tenantOf(exchange);
        if (tenant.isEmpty()) {
            answer(exchange, 400, "{\"error\":\"say for which tenant\"}");
            return;
        }
        var body = ScopedValue.where(TENANT, tenant.get())
                .call(() -> greeting(exchange.getRequestURI().getRawQuery()));
        answer(exchange, 200, body);
    } catch (Exception e) {
        e.printStackTrace();
    }
}

/** Everything in here, however deep, knows the tenant. */
String greeting(String query) throws Exception {
    var context = call(TENANCY_URL + "/api/v1/context?" + query, "Authorization", "Bearer " + TENANCY_KEY);
    var counted = context.headers().firstValue("Misy-Tenant").orElse("");
    var next = NEXT == null ? "null" : call(NEXT + "/greet?" + query).body();
    return """
            {"service":"java","tenant":"%s","counted":"%s","context":%s,"next":%s}"""
            .formatted(TENANT.get(), counted, context.body(), next);
}

/** Only to hosts that are trusted with the tenant: here the two that are configured. */
HttpResponse<String> call(String url, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url))
            .header("Misy-Tenant", TENANT.get().toString())
            .header("baggage", "misy.tenant=" + TENANT.get());
    if (headers.length > 0) {
        request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
}

/** The member misy.tenant of W3C baggage, or the header for those who send no baggage. */
Optional<UUID> tenantOf(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    var member = headers.getOrDefault("baggage", List.of()).stream()
            .flatMap(header -> Stream.of(header.split(",")))
            .map(one -> one.split(";")[0].split("=", 2))
            .filter(one -> one.length == 2 && one[0].strip().equals("misy.tenant"))
            .map(one -> URLDecoder.decode(one[1].strip().replace("+", "%2B"), StandardCharsets.UTF_8))
            .findFirst()
            .orElse(headers.getFirst("Misy-Tenant"));
    try {
        return Optional.ofNullable(member).map(UUID::fromString);
    } catch (IllegalArgumentException e) {
        return Optional.empty();
    }
}

void answer(HttpExchange exchange, int status, String json) throws IOException {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
}
