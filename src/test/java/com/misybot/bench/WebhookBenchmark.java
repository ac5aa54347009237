package com.misybot.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How many messages a second one webhook gets whose receiver answers at once, while ten receivers take messages and never answer. */
record WebhookBenchmark(ServiceProcess service, Options options, Results results) {

    /** What the service is started with: the receivers are on this machine. */
    static final List<String> SETTINGS = List.of("--tenancy.outbound.allow=127.0.0.1/32");

    private static final int HANGING = 10;
    private static final int EVENTS = 500;
    private static final int REPLAYS = 20;
    private static final double REQUIRED = 1_000;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    void run() {
        try (var fast = WebhookReceiver.fast();
                var hanging = WebhookReceiver.hanging()) {
            for (var i = 0; i < HANGING; i++) {
                var slug = tenant("hangs-" + i);
                hook(slug, hanging);
                change(slug, 50);
            }
            tenant("fast");
            var hook = hook("fast", fast);
            change("fast", EVENTS);
            await(fast, EVENTS);
            measure(hook, fast); // warm then
            var rates = new double[options.rounds()];
            for (var round = 0; round < rates.length; round++) {
                for (var i = 0; i < HANGING; i++) {
                    change("hangs-" + i, 5);
                }
                rates[round] = measure(hook, fast);
            }
            Arrays.sort(rates);
            System.out.println("messages that hang: " + hanging.messages() + ", rates " + Arrays.toString(rates));
            results.rate("webhooks to one endpoint while ten hang", rates[rates.length / 2], "required", REQUIRED, 1.0);
        }
    }

    /** Messages a second, from the first request for them to the last one that came. */
    private double measure(String hook, WebhookReceiver fast) {
        var before = fast.messages();
        var began = System.nanoTime();
        for (var i = 0; i < REPLAYS; i++) {
            service.post(hook + "/replay", "{\"fromSequence\":1}");
        }
        await(fast, before + EVENTS * REPLAYS);
        return EVENTS * REPLAYS / ((fast.latest() - began) / 1e9);
    }

    private static void await(WebhookReceiver receiver, long messages) {
        var end = System.nanoTime() + LONGEST.toNanos();
        while (receiver.messages() < messages) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("%d of %d came".formatted(receiver.messages(), messages));
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private String tenant(String slug) {
        service.post("/api/v1/tenants", "{\"tenantId\":\"%s\",\"business\":{\"name\":\"W\"}}".formatted(slug));
        return slug;
    }

    private String hook(String slug, WebhookReceiver receiver) {
        var made = json(service.post(
                "/api/v1/tenants/" + slug + "/webhooks",
                "{\"url\":\"http://127.0.0.1:%d/\",\"types\":[\"tenant.suspended\",\"tenant.resumed\"]}"
                        .formatted(receiver.port())));
        return "/api/v1/tenants/" + slug + "/webhooks/" + made.at("/id").asString();
    }

    private void change(String slug, int times) {
        for (var i = 0; i < times; i++) {
            var suspended = json(service.get("/api/v1/tenants/" + slug))
                    .at("/status")
                    .asString()
                    .equals("SUSPENDED");
            service.post(
                    "/api/v1/tenants/" + slug + (suspended ? "/resume" : "/suspend"),
                    suspended ? "{}" : "{\"reason\":\"measured\"}");
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
