package com.misybot.bench;

/** A tenant registered with its entry and its event, and by a service that nobody listens to. */
record ToldBenchmark(ServiceProcess told, ServiceProcess untold, Options options, Results results) {

    void run() {
        var samples = Sample.compare(
                options.warmedUp(CreateBenchmark.WARM_UP),
                new CreateBenchmark(told, options, results).load(),
                new CreateBenchmark(untold, options, results).load());
        results.rate(
                "create, with entry and event",
                samples.getFirst().perSecond(),
                "without both",
                samples.getLast().perSecond(),
                0.65);
    }
}
