package com.misybot.tenancy.keyring;

/** Keyrings for tests that start no application. */
public final class Keyrings {

    private Keyrings() {}

    /** The keyring of a fixed root secret. */
    public static Keyring fixed() {
        return of("6f1d8c3ab25e4790d1f4b8a6c2e90573184bd6fa9e2c7d50b3a8f7164ce2905d");
    }

    /** The keyring of this root secret. */
    public static Keyring of(String hex) {
        return new Keyring(RootSecret.parse(hex, "the test"));
    }
}
