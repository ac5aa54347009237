package com.misybot.tenancy.onboarding.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.keyring.Base62;
import com.misybot.tenancy.outbound.OutboundAnswer;
import com.misybot.tenancy.outbound.OutboundClient;
import com.misybot.tenancy.outbound.OutboundUrl;
import com.misybot.tenancy.outbound.TextRecords;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks for a challenge, first in the DNS and then on the site. Where a name server says of a name that nobody can know what it says of the
 * challenge, it says it of every name, and that is no proof.
 */
@Component
public class SiteProofs {

    /** Bytes of a file that are looked at: a challenge and white space around it. */
    private static final int MOST_FILE = 256;

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int ERRORS = 400;
    private static final int SIBLING_DIGITS = 20;

    private final TextRecords records;
    private final OutboundClient sites;
    private final SecureRandom random;

    SiteProofs(TextRecords records, OutboundClient sites, SecureRandom random) {
        this.records = records;
        this.sites = sites;
        this.random = random;
    }

    /** Looks now. Takes up to three look-ups and one call, each of bounded time: not for a transaction. */
    public Verdict look(Origin origin, String drawn) {
        var challenge = Challenge.of(origin, drawn);
        var dns = inRecords(origin, challenge);
        if (dns == null) {
            return new Verdict.Proven(Verdict.Method.DNS);
        }
        var http = origin.isWildcard() ? Miss.NOT_POSSIBLE : onSite(challenge);
        return http == null ? new Verdict.Proven(Verdict.Method.HTTP) : new Verdict.Missed(dns, http);
    }

    private @Nullable Miss inRecords(Origin origin, Challenge challenge) {
        var missing = missing(records.of(challenge.record()), challenge);
        if (missing != null) {
            return missing;
        }
        var sibling = "_misy-" + Base62.random(random, SIBLING_DIGITS).toLowerCase(Locale.ROOT) + "." + origin.host();
        return switch (records.of(sibling)) {
            case TextRecords.None _ -> null;
            case TextRecords.Unknown _ -> Miss.NO_ANSWER;
            case TextRecords.Found found ->
                found.texts().stream().anyMatch(text -> is(text, challenge)) ? Miss.WILDCARD : null;
        };
    }

    private static @Nullable Miss missing(TextRecords.Answer answer, Challenge challenge) {
        return switch (answer) {
            case TextRecords.None _ -> Miss.NOTHING;
            case TextRecords.Unknown _ -> Miss.NO_ANSWER;
            case TextRecords.Found found ->
                found.texts().stream().anyMatch(text -> is(text, challenge)) ? null : Miss.OTHER_VALUE;
        };
    }

    private @Nullable Miss onSite(Challenge challenge) {
        try {
            var url = OutboundUrl.of(challenge.url());
            sites.requireAcceptable(url);
            var file = new AtomicReference<>(new byte[0]);
            return switch (sites.get(url, MOST_FILE, LIMIT, file::set)) {
                case OutboundAnswer.Answered answered -> missing(answered.status(), file.get(), challenge);
                case OutboundAnswer.Failed failed ->
                    failed.reason() == OutboundAnswer.Reason.UNREACHABLE ? Miss.UNREACHABLE : Miss.NO_ANSWER;
            };
        } catch (InvalidValue neverCalled) {
            return Miss.UNREACHABLE;
        }
    }

    private static @Nullable Miss missing(int status, byte[] file, Challenge challenge) {
        if (status != OK) {
            return status >= REDIRECTS && status < ERRORS ? Miss.REDIRECT : Miss.NOTHING;
        }
        if (file.length > MOST_FILE) {
            return Miss.TOO_LONG;
        }
        return is(new String(file, UTF_8), challenge) ? null : Miss.OTHER_VALUE;
    }

    private static boolean is(String text, Challenge challenge) {
        return MessageDigest.isEqual(
                text.strip().getBytes(UTF_8), challenge.content().getBytes(UTF_8));
    }
}
