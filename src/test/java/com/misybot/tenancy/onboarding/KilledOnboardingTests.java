package com.misybot.tenancy.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.embedded.OwnService;
import com.misybot.tenancy.outbound.Certificates;
import com.misybot.tenancy.outbound.NameServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real organisations, from application to secret, against a mail server, a name server and a web server that answer for their domains,
 * while the service is killed; and the same once more, which changes nothing. A few and one kill by default; {@code
 * -Dtenancy.test.organisations=FILE} takes 200 of that file, and kills five times.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledOnboardingTests {

    private static final @Nullable String FILE = System.getProperty("tenancy.test.organisations");
    private static final int MOST = 200;
    private static final int KILLS = FILE == null ? 1 : 5;
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final NameServer names = new NameServer();
    private final MailServer mail = new MailServer();
    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final AtomicInteger completed = new AtomicInteger();
    private final List<Organisation> organisations = organisations();
    private final HttpsServer web;
    private final OwnService service;

    private record Organisation(String name, String host, int number) {

        String email() {
            return "office@" + host;
        }

        /** Every other one writes a file on its site, and the others a record. */
        boolean writesFile() {
            return number % 2 == 1;
        }

        String[] from() {
            return new String[] {"X-Forwarded-For", "10." + number / 256 + "." + number % 256 + ".1"};
        }
    }

    KilledOnboardingTests(@TempDir Path directory) throws Exception {
        var certificates =
                new Certificates(organisations.stream().map(Organisation::host).toArray(String[]::new));
        var trusted = directory.resolve("trusted.p12");
        certificates.trust(trusted);
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
        service = new OwnService(
                List.of(
                        "-Djavax.net.ssl.trustStore=" + trusted,
                        "-Djavax.net.ssl.trustStorePassword=" + Certificates.PASSWORD),
                List.of(
                        "tenancy.outbound.allow=127.0.0.1/32",
                        "tenancy.outbound.name-servers=" + names.address(),
                        "tenancy.web.trusted-proxies=127.0.0.1/32",
                        "tenancy.onboarding.look-every=1s",
                        "tenancy.public-url=" + MailServer.PUBLIC_URL,
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + mail.port()));
    }

    @BeforeEach
    void open() {
        mail.start();
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.createContext("/.well-known/misy-verification.txt", exchange -> {
            try (exchange) {
                var host = exchange.getRequestHeaders().getFirst("Host").replaceAll(":\\d+$", "");
                var file = files.getOrDefault(host, "").getBytes(UTF_8);
                exchange.sendResponseHeaders(file.length == 0 ? 404 : 200, file.length == 0 ? -1 : file.length);
                exchange.getResponseBody().write(file);
            }
        });
        web.start();
        organisations.forEach(one -> names.says(one.host(), "127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        service.close();
        web.stop(0);
        mail.stop();
        names.close();
    }

    @Test
    void onboardsEachOnceHoweverOftenItIsKilledOrTriedAgain() throws Exception {
        assertThat(organisations).hasSizeGreaterThan(5);
        service.start();
        var running = CompletableFuture.runAsync(this::onboardAll);
        for (var kill = 1; kill <= KILLS; kill++) {
            var enough = organisations.size() * kill / (KILLS + 1);
            await().atMost(PATIENCE).until(() -> completed.get() >= enough || running.isDone());
            service.kill();
            service.start();
        }
        running.join();
        assertThat(organisations).allSatisfy(this::assertThatItIsATenant);
        var mails = mail.getReceivedMessages().length;
        var standing = standing();

        onboardAll();

        assertThat(standing()).isEqualTo(standing);
        assertThat(mail.getReceivedMessages()).hasSize(mails);
    }

    private void onboardAll() {
        try (var workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var all = organisations.stream()
                    .map(one -> CompletableFuture.runAsync(() -> onboard(one), workers))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(all).join();
        }
    }

    /** What a script does, which does not know what it has done before, and looks again where nobody answers. */
    private void onboard(Organisation organisation) {
        try {
            apply(organisation);
        } catch (UncheckedIOException unanswered) {
            // where that leads is seen below
        }
        await().atMost(PATIENCE).ignoreException(UncheckedIOException.class).until(() -> isCompleted(organisation));
        completed.incrementAndGet();
    }

    /** Does what the state of the application asks for. */
    private boolean isCompleted(Organisation organisation) {
        var application = operator().get("/onboarding/applications?host=" + organisation.host());
        switch (application.text("/items/0/state")) {
            case "" -> apply(organisation);
            case "SUBMITTED" -> {
                prove(organisation, application);
                for (var token : mail.tokens(organisation.email(), OnboardingPaths.VERIFY)) {
                    verify(organisation, token);
                }
            }
            case "AWAITING_APPROVAL" -> {
                // of two with one name the second gets another
                var other = application.text("/items/0/reason").isEmpty()
                        ? ""
                        : ",\"tenantId\":\"" + organisation.host().replace('.', '-') + "\"";
                post(
                        "/onboarding/applications/" + application.text("/items/0/id") + "/approve",
                        "{\"reason\":\"known\"" + other + "}");
            }
            case "REGISTERED" -> {
                for (var token : mail.tokens(organisation.email(), OnboardingPaths.SECRET)) {
                    post(organisation, "/onboarding/secrets", token);
                }
            }
            case "COMPLETED" -> {
                return true;
            }
            default -> {
                // somebody is at it: the proof is looked for, or the tenant is set up
            }
        }
        return false;
    }

    private void apply(Organisation organisation) {
        var body = JsonMapper.shared().createObjectNode();
        body.put("organisation", organisation.name());
        body.put("email", organisation.email());
        body.putArray("origins")
                .add("https://" + organisation.host() + ":" + web.getAddress().getPort());
        var taken = anybody().post("/onboarding/applications", body.toString(), organisation.from());
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
    }

    private void prove(Organisation organisation, Api.Answer application) {
        var content = application.text("/items/0/challenge/content");
        if (organisation.writesFile()) {
            files.put(organisation.host(), content);
        } else {
            names.saysText(application.text("/items/0/challenge/dnsName"), content);
        }
    }

    private void verify(Organisation organisation, String token) {
        var verified = post(organisation, "/onboarding/verifications", token);
        if (verified.status() == 200) {
            post(organisation, "/onboarding/checks", verified.text("/token"));
        }
    }

    /** Uses a token, which may have been used when nobody answered. */
    private Api.Answer post(Organisation organisation, String path, String token) {
        var answer = anybody().post(path, OnboardingFixture.token(token), organisation.from());
        assertThat(answer.status()).as(answer.toString()).isIn(200, 410);
        return answer;
    }

    private void post(String path, String body) {
        var answer = operator().post(path, body);
        assertThat(answer.status()).as(answer.toString()).isIn(200, 409);
    }

    private void assertThatItIsATenant(Organisation organisation) {
        var api = operator();
        var applications = api.get("/onboarding/applications?host=" + organisation.host());
        assertThat(applications.json().at("/items")).as(applications.toString()).hasSize(1);
        assertThat(applications.text("/items/0/proof")).isEqualTo(organisation.writesFile() ? "HTTP" : "DNS");
        var tenants = api.get("/tenants?domain=" + organisation.host());
        assertThat(tenants.json().at("/items")).as(tenants.toString()).hasSize(1);
        assertThat(tenants.text("/items/0/status")).as(tenants.toString()).isEqualTo("ACTIVE");
        var path = "/tenants/" + tenants.text("/items/0/tenantId");
        var events = api.get(path + "/events?type=tenant.provisioned");
        assertThat(events.json().at("/items")).as(events.toString()).hasSize(1);
        assertThat(api.get(path + "/namespaces").status()).isEqualTo(200);
    }

    /** Everything that a change of anything would change. */
    private String standing() {
        var administrator = service.administrator();
        var api = operator();
        return administrator.queryForObject(
                        "select count(*) || ' events' from event where type <> 'audit.checkpointed'", String.class)
                + organisations.stream()
                        .map(one -> api.get("/onboarding/applications?host=" + one.host())
                                        .text("/items/0/version")
                                + " " + api.get("/tenants?domain=" + one.host()).text("/items/0/version"))
                        .collect(Collectors.joining("\n"));
    }

    private Api operator() {
        return Api.at(service.port(), service.key());
    }

    private Api anybody() {
        return Api.at(service.port(), null);
    }

    private static List<Organisation> organisations() {
        var found = new ArrayList<Organisation>();
        var hosts = new HashSet<String>();
        for (var one : JsonMapper.shared().readTree(text())) {
            var host = one.at("/domains/0").asString();
            // no host, and refused as such
            if (!host.contains("_") && hosts.add(host) && found.size() < MOST) {
                found.add(new Organisation(one.path("name").asString(), host, found.size()));
            }
        }
        return found;
    }

    private static String text() {
        try {
            return Files.readString(Path.of(FILE == null ? "src/test/resources/organisations.json" : FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
