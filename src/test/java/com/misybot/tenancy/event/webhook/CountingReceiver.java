package com.misybot.tenancy.event.webhook;

import java.util.Map;
import java.util.stream.Collectors;

/** A receiver for tests of other packages: how many times each message came, by webhook and event. */
public final class CountingReceiver implements AutoCloseable {

    private final Receiver receiver = Receiver.ofMany();

    /** Where it is. */
    public String url() {
        return receiver.url();
    }

    /** Times by message: a signature is that of one webhook, and so are all its headers but the time. */
    public Map<String, Long> messages() {
        return receiver.messages().stream()
                .collect(Collectors.groupingBy(
                        message -> message.id() + " " + message.signature(), Collectors.counting()));
    }

    @Override
    public void close() {
        receiver.close();
    }
}
