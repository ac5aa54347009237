package com.misybot.tenancy.tenant.transfer;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.misybot.tenancy.tenant.TenantProblem;
import com.misybot.tenancy.web.Problem;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * What a dry run would have stored so far: a fingerprint of each name, and of whom or what it belongs to. 16 bytes each, at most 64
 * MB; a keyed hash of 64 bits, so that nobody can make two names collide and chance hardly will (1 in 4 million with 3 million
 * names).
 */
final class FileNames {

    private static final int SMALLEST = 1 << 12;
    private static final int LARGEST = 1 << 22;

    private final HashFunction hash;
    private final int largest;
    private long[] names = new long[SMALLEST];
    private long[] owners = new long[SMALLEST];
    private int size;

    FileNames(SecureRandom random) {
        this(random, LARGEST);
    }

    FileNames(SecureRandom random, int largest) {
        this.hash = Hashing.sipHash24(random.nextLong(), random.nextLong());
        this.largest = largest;
    }

    /** A fingerprint of a text, never 0. */
    long fingerprint(String text) {
        var print = hash.hashString(text, StandardCharsets.UTF_8).asLong();
        return print == 0 ? 1 : print;
    }

    /** Whom a name belongs to; 0 where nobody has it yet. */
    long ownerOf(long name) {
        return owners[place(name)];
    }

    /**
     * Gives a name to an owner, or to another one.
     *
     * @throws com.misybot.tenancy.web.ProblemException 422 where no more can be remembered
     */
    void put(long name, long owner) {
        var place = place(name);
        if (names[place] == 0) {
            if (size >= names.length / 4 * 3) {
                grow();
                place = place(name);
            }
            size++;
        }
        names[place] = name;
        owners[place] = owner;
    }

    private int place(long name) {
        var mask = names.length - 1;
        var place = (int) name & mask;
        while (names[place] != 0 && names[place] != name) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        if (names.length >= largest) {
            throw Problem.of(
                            TenantProblem.DRY_RUN_TOO_LONG,
                            "A dry run remembers " + largest / 4 * 3 + " names: try the rest in a file of its own.")
                    .asException();
        }
        var oldNames = names;
        var oldOwners = owners;
        names = new long[oldNames.length * 2];
        owners = new long[oldNames.length * 2];
        for (var i = 0; i < oldNames.length; i++) {
            if (oldNames[i] != 0) {
                var place = place(oldNames[i]);
                names[place] = oldNames[i];
                owners[place] = oldOwners[i];
            }
        }
    }
}
