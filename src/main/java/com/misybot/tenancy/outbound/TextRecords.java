package com.misybot.tenancy.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks name servers for the TXT records of a name that a tenant has supplied, each time anew: those of {@code tenancy.outbound.name-servers},
 * by default those of the system, and nobody else. An alias is followed a few times. Safe for use by many threads.
 */
public final class TextRecords {

    private static final int DNS_PORT = 53;
    private static final int MOST_ALIASES = 4;
    private static final int TRIES = 2;

    /** A name has few such records; of more, and of longer ones, the rest is not looked at. */
    private static final int MOST_RECORDS = 100;

    private static final int MOST_BYTES = 1_024;

    private final LookupSession lookups;
    private final Duration limit;

    TextRecords(OutboundSettings settings) {
        limit = settings.connectTimeout();
        var resolver = new ExtendedResolver(
                settings.nameServers().isEmpty()
                        ? new ExtendedResolver().getResolvers()
                        : settings.nameServers().stream()
                                .map(TextRecords::server)
                                .toArray(Resolver[]::new));
        resolver.setTimeout(limit.dividedBy(TRIES));
        resolver.setRetries(TRIES);
        lookups = LookupSession.builder()
                .resolver(resolver)
                .maxRedirects(MOST_ALIASES)
                .build();
    }

    private static Resolver server(String text) {
        var colon = text.indexOf(':') == text.lastIndexOf(':') ? text.indexOf(':') : -1;
        return new SimpleResolver(
                colon < 0
                        ? new InetSocketAddress(text, DNS_PORT)
                        : new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1))));
    }

    /** What the name servers say. */
    public sealed interface Answer {}

    /**
     * There are such records.
     *
     * @param texts one for each, its parts put together, byte for byte
     */
    public record Found(List<String> texts) implements Answer {

        public Found {
            texts = List.copyOf(texts);
        }
    }

    /** The name does not exist, or has no such record. */
    public record None() implements Answer {}

    /** Nobody said anything in time, or nothing that can be understood. */
    public record Unknown() implements Answer {}

    /**
     * The TXT records of a name, as they are now.
     *
     * @param name complete, without the dot at its end
     */
    public Answer of(String name) {
        var asked = name(name);
        if (asked == null) {
            return new None();
        }
        var answer = lookups.lookupAsync(asked, Type.TXT).toCompletableFuture();
        try {
            return new Found(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).getRecords().stream()
                    .filter(TXTRecord.class::isInstance)
                    .limit(MOST_RECORDS)
                    .map(record -> text((TXTRecord) record))
                    .toList());
        } catch (ExecutionException e) {
            return e.getCause() instanceof NoSuchDomainException || e.getCause() instanceof NoSuchRRSetException
                    ? new None()
                    : new Unknown();
        } catch (TimeoutException _) {
            answer.cancel(true);
            return new Unknown();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return new Unknown();
        }
    }

    /** Null where the name is too long for one: then nobody has it. */
    private static @org.jspecify.annotations.Nullable Name name(String text) {
        try {
            return Name.fromString(text + ".");
        } catch (TextParseException _) {
            return null;
        }
    }

    private static String text(TXTRecord record) {
        var bytes = new ByteArrayOutputStream();
        for (var part : record.getStringsAsByteArrays()) {
            bytes.write(part, 0, Math.min(part.length, Math.max(0, MOST_BYTES - bytes.size())));
        }
        return bytes.toString(ISO_8859_1);
    }
}
