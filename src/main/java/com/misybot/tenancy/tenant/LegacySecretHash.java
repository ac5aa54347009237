package com.misybot.tenancy.tenant;

import com.google.common.collect.ImmutableList;
import com.misybot.tenancy.kernel.InvalidValue;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hash of a secret that another system issued: what a migrated tenant still authenticates with. It prints as nothing
 * readable and leaves the service in no answer.
 *
 * @param algorithm how it was made
 * @param hash in the form of that algorithm, with all that is needed to verify a secret
 */
public record LegacySecretHash(Algorithm algorithm, String hash) {

    /** Longest hash in any of the forms. */
    public static final int MAX_LENGTH = 255;

    /**
     * How older systems hashed, with the form each hash has. The costs are bounded: who imports a hash must not be able to make
     * its verification expensive.
     */
    public enum Algorithm {
        /** {@code $2b$12$…} (also 2a and 2y), cost 4 to 15. */
        BCRYPT("bcrypt", "\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}", ImmutableList.of(4, 15)),
        /** PHC string of version 19, memory up to 256 MiB, up to 10 passes and 16 lanes. */
        ARGON2ID(
                "argon2id",
                "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$" + base64(8, 64) + "\\$"
                        + base64(16, 64),
                ImmutableList.of(8, 262_144, 1, 10, 1, 16)),
        /** {@code $pbkdf2-sha256$<rounds>$<salt>$<hash>}, 1,000 to 2,000,000 rounds. */
        PBKDF2_SHA256(
                "pbkdf2-sha256",
                "\\$pbkdf2-sha256\\$(\\d{1,8})\\$" + base64(8, 64) + "\\$" + base64(16, 64),
                ImmutableList.of(1_000, 2_000_000)),
        /** PHC string, up to 2^17 blocks of up to 16 in up to 4 lanes. */
        SCRYPT(
                "scrypt",
                "\\$scrypt\\$ln=(\\d{1,2}),r=(\\d{1,2}),p=(\\d{1,2})\\$" + base64(8, 64) + "\\$" + base64(16, 64),
                ImmutableList.of(4, 17, 1, 16, 1, 4)),
        /** 64 lower-case hexadecimal digits of a random secret, without salt. */
        SHA256("sha256", "[0-9a-f]{64}", ImmutableList.of()),
        /** 128 lower-case hexadecimal digits of a random secret, without salt. */
        SHA512("sha512", "[0-9a-f]{128}", ImmutableList.of());

        private final String word;
        private final Pattern form;
        /** Least and most of each captured number. */
        private final ImmutableList<Integer> bounds;

        Algorithm(String word, String form, ImmutableList<Integer> bounds) {
            this.word = word;
            this.form = Pattern.compile(form);
            this.bounds = bounds;
        }

        /** As it stands in imports and in the database. */
        public String word() {
            return word;
        }

        private boolean takes(String hash) {
            var match = form.matcher(hash);
            return match.matches() && isAffordable(match);
        }

        private boolean isAffordable(MatchResult match) {
            for (var group = 1; group <= match.groupCount(); group++) {
                var number = Integer.parseInt(match.group(group));
                if (number < bounds.get(2 * group - 2) || number > bounds.get(2 * group - 1)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Refuses with {@link InvalidValue}, code {@code format}, what is not of the form of the algorithm. */
    public LegacySecretHash {
        if (hash.length() > MAX_LENGTH || !algorithm.takes(hash)) {
            throw new InvalidValue(
                    "format",
                    "This is no " + algorithm.word + " hash in its usual form, or its cost is out of bounds.");
        }
    }

    /** The algorithm of this name; refuses with {@link InvalidValue}, code {@code enum}. */
    public static Algorithm algorithm(String word) {
        return Arrays.stream(Algorithm.values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("enum", "Give one of " + words() + "."));
    }

    private static String words() {
        return Arrays.stream(Algorithm.values()).map(Algorithm::word).collect(Collectors.joining(", "));
    }

    private static String base64(int least, int most) {
        return "[A-Za-z0-9+/.]{" + least + "," + most + "}={0,2}";
    }

    @Override
    public String toString() {
        return "LegacySecretHash[" + algorithm.word + ", withheld]";
    }
}
