package com.misybot.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a load has shown.
 *
 * @param perSecond requests or transactions a second
 * @param median of the latencies, in milliseconds
 * @param p95 of the latencies, in milliseconds
 * @param p99 of the latencies, in milliseconds
 */
record Sample(double perSecond, double median, double p95, double p99) {

    /** Something that can be run for a while and measured. */
    @FunctionalInterface
    interface Load {
        Sample run(Duration duration);
    }

    /**
     * Runs the loads in turns, A B A B, after each has warmed up.
     *
     * @return the medians of each load's rounds, in the order of the loads
     */
    static List<Sample> compare(Options options, Load... loads) {
        for (var load : loads) {
            load.run(options.warmUp());
        }
        var samples = new Sample[loads.length][options.rounds()];
        for (var round = 0; round < options.rounds(); round++) {
            for (var load = 0; load < loads.length; load++) {
                samples[load][round] = loads[load].run(options.duration());
            }
        }
        return Arrays.stream(samples).map(Sample::median).toList();
    }

    private static Sample median(Sample[] rounds) {
        return new Sample(
                median(rounds, Sample::perSecond),
                median(rounds, Sample::median),
                median(rounds, Sample::p95),
                median(rounds, Sample::p99));
    }

    private static double median(Sample[] rounds, ToDoubleFunction<Sample> value) {
        var sorted = Arrays.stream(rounds)
                .map(value::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
