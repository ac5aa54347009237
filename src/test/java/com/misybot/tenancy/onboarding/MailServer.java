package com.misybot.tenancy.onboarding;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A mail server of our own, with the links in what came for somebody. */
final class MailServer extends GreenMail {

    /** What links begin with. */
    static final String PUBLIC_URL = "https://onboarding.test";

    private static final Pattern LINK =
            Pattern.compile(Pattern.quote(PUBLIC_URL) + "(/onboarding/(?:verify|secret)/)(misy_inv_[0-9A-Za-z_]+)");

    private final int port;

    MailServer() {
        this(freePort());
    }

    private MailServer(int port) {
        super(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        this.port = port;
    }

    /** One that it has again after it was away. */
    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The tokens of the links to this page in the mails to an address, the latest last. */
    List<String> tokens(String email, String page) {
        return texts(email).stream()
                .flatMap(text -> LINK.matcher(text).results())
                .filter(link -> link.group(1).equals(page))
                .map(link -> link.group(2))
                .toList();
    }

    List<String> texts(String email) {
        return Arrays.stream(getReceivedMessages())
                .filter(message -> {
                    try {
                        return message.getAllRecipients()[0].toString().equals(email);
                    } catch (MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                // long lines are broken, and a token must be whole
                .map(message -> GreenMailUtil.getBody(message).replace("=\r\n", ""))
                .toList();
    }
}
