package com.misybot.tenancy.keyring;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the root secret is. One of the two must be given, except with the embedded database, which keeps its own.
 *
 * @param root the root secret itself, 32 bytes in hexadecimal or Base64, from the environment
 * @param rootFile a file that holds the root secret alone
 */
@ConfigurationProperties("tenancy.keyring")
record KeyringSettings(@Nullable String root, @Nullable Path rootFile) {

    RootSecret rootSecret() {
        if (rootFile != null && root != null) {
            throw new RootSecretException("Two root secrets are given: set tenancy.keyring.root or"
                    + " tenancy.keyring.root-file, not both.");
        }
        if (rootFile != null) {
            return RootSecret.read(rootFile);
        }
        if (root != null) {
            return RootSecret.parse(root, "tenancy.keyring.root");
        }
        throw new RootSecretException("No root secret is given: set TENANCY_KEYRING_ROOTFILE to a file with 32 random"
                + " bytes (make it with: openssl rand -hex 32), or TENANCY_KEYRING_ROOT to the secret itself.");
    }

    @Override
    public String toString() {
        return "KeyringSettings[rootFile=" + rootFile + "]";
    }
}
