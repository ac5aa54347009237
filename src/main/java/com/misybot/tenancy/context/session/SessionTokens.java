package com.misybot.tenancy.context.session;

import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.keyring.Token;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** What is kept of the tokens of sessions. */
@Component
class SessionTokens {

    private final MacKey pepper;

    SessionTokens(Keyring keyring) {
        this.pepper = keyring.macKey(Keyring.Purpose.PEPPER);
    }

    /** The hash of a token, as text. */
    String hash(Token token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.hash(pepper));
    }
}
