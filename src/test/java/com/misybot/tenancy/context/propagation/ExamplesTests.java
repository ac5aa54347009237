package com.misybot.tenancy.context.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.NodeJs;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of {@code docs/context-propagation.md}, as processes of their own. */
class ExamplesTests extends PropagationFixture {

    private static final Path EXAMPLES = Path.of("examples");

    private final List<Process> running = new ArrayList<>();

    @Autowired
    private RestClient.Builder clients;

    @Autowired
    private Environment environment;

    @AfterEach
    void stop() {
        running.forEach(Process::destroyForcibly);
    }

    @Test
    void theTenantTravelsFromTheServiceThroughBothAndBack() throws Exception {
        var tenant = registered();
        var node = start(Map.of(), NodeJs.program(), "propagation-node/greeting.mjs");
        var java = start(Map.of("NEXT", "http://127.0.0.1:" + node), java(), "propagation-java/Greeting.java");

        var answer = tenant.call(() -> greet(java, question(tenant)));

        for (var service : List.of(answer, answer.path("next"))) {
            assertThat(service.path("tenant").asString(""))
                    .as(answer.toString())
                    .isEqualTo(tenant.id().toString());
            assertThat(service.path("counted").asString(""))
                    .isEqualTo(tenant.id().toString());
            assertThat(service.path("context").path("tenantId").asString(""))
                    .isEqualTo(tenant.tenantId().value());
        }
        assertThat(answer.path("service").asString("")).isEqualTo("java");
        assertThat(answer.at("/next/service").asString("")).isEqualTo("node");
        assertThat(answer.at("/next/next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"java,propagation-java/Greeting.java", "node,propagation-node/greeting.mjs"})
    void anExampleWorksForNobodyInParticularNever(String program, String source) throws Exception {
        var port = start(Map.of(), program.equals("node") ? NodeJs.program() : java(), source);

        assertThat(greet(port, "").path("error").asString("")).isEqualTo("say for which tenant");
    }

    private JsonNode greet(int port, String question) {
        var body = clients.build()
                .get()
                .uri(java.net.URI.create("http://127.0.0.1:" + port + "/greet" + question))
                .retrieve()
                .onStatus(HttpStatusCode::is4xxClientError, (_, _) -> {})
                .body(String.class);
        return JsonMapper.shared().readTree(body == null ? "" : body);
    }

    /** Starts an example and answers the port it listens on. */
    private int start(Map<String, String> more, String program, String source) throws Exception {
        var builder = new ProcessBuilder(program, EXAMPLES.resolve(source).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "TENANCY_URL",
                        "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"),
                        "TENANCY_KEY",
                        TestKeys.service(context, "context:read", "context:assert"),
                        "PORT",
                        "0"));
        builder.environment().putAll(more);
        var process = builder.start();
        running.add(process);
        return NodeJs.port(process);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
