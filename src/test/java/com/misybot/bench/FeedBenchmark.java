package com.misybot.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Events on their way to three who follow all of them, while changes are made as fast as they can be. */
record FeedBenchmark(ServiceProcess service, Options options, Results results) {

    private static final int SUBSCRIBERS = 3;
    private static final int CHAINS = 1_000;
    private static final int AT_LEAST = 2_000;

    /** Who follows the feed and counts what comes. */
    private static final class Subscriber implements Runnable {
        private final ServiceProcess service;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final AtomicLong events = new AtomicLong();
        private volatile long last;

        Subscriber(ServiceProcess service) {
            this.service = service;
        }

        @Override
        public void run() {
            var request = HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/events"))
                    .header("Authorization", "Bearer " + service.key())
                    .header("Accept", "text/event-stream")
                    .build();
            try (var http = HttpClient.newHttpClient();
                    var lines = new BufferedReader(new InputStreamReader(
                            http.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
                begun.countDown();
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        events.incrementAndGet();
                        last = System.nanoTime();
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void run() {
        var subscribers = IntStream.range(0, SUBSCRIBERS)
                .mapToObj(_ -> new Subscriber(service))
                .toList();
        subscribers.forEach(subscriber -> Thread.ofPlatform().daemon().start(subscriber));
        subscribers.forEach(FeedBenchmark::awaitBegun);
        round(subscribers, options.warmUp().toMillis());
        var rates = IntStream.range(0, options.rounds())
                .mapToObj(_ -> round(subscribers, options.duration().toMillis()))
                .sorted()
                .toList();
        results.rate("events, received by each of 3 followers", rates.get(rates.size() / 2), AT_LEAST);
    }

    /** Events a second that the slowest has received, all of them. */
    private double round(List<Subscriber> subscribers, long millis) {
        var before =
                subscribers.stream().map(subscriber -> subscriber.events.get()).toList();
        var began = System.nanoTime();
        var told = Long.parseLong(service.getBare(
                "/changes?chains=%d&threads=%d&millis=%d".formatted(CHAINS, options.connections(), millis)));
        var end = began;
        for (var i = 0; i < subscribers.size(); i++) {
            var subscriber = subscribers.get(i);
            while (subscriber.events.get() < before.get(i) + told) {
                ServiceProcess.pause();
            }
            end = Math.max(end, subscriber.last);
        }
        System.out.printf("%,d events, received by all %.2f s after the first change%n", told, (end - began) / 1e9);
        return told * 1e9 / (end - began);
    }

    private static void awaitBegun(Subscriber subscriber) {
        try {
            if (!subscriber.begun.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The feed does not begin");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
