package com.misybot.tenancy.onboarding.mail;

import com.misybot.tenancy.kernel.InvalidConfigurationException;
import com.misybot.tenancy.onboarding.OnboardingSettings;
import jakarta.mail.SendFailedException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * Carries mails to the mail server, where one is configured ({@code spring.mail.host}). What goes wrong is told without what the server
 * said: that has the address in it.
 */
@Component
public class Postman {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private final @Nullable JavaMailSender server;
    private final OnboardingSettings settings;

    Postman(ObjectProvider<JavaMailSender> servers, OnboardingSettings settings, Environment environment) {
        this.server = servers.getIfAvailable();
        if (server != null && !environment.containsProperty("tenancy.public-url")) {
            throw new UnreachableLinksException();
        }
        this.settings = settings;
        if (server == null) {
            LOG.info(
                    "No mail server is configured (spring.mail.host): links to applicants stand in the operator's view");
        }
    }

    /** Mails would be sent, with links that lead to the machine of who reads them. */
    private static final class UnreachableLinksException extends InvalidConfigurationException {

        private static final long serialVersionUID = 1L;

        UnreachableLinksException() {
            super("A mail server is configured (spring.mail.host) and no address for the links in mails: set"
                    + " tenancy.public-url to where people reach this service, such as https://tenancy.example.com.");
        }
    }

    /** What became of a mail. */
    public enum Outcome {
        /** The server has it. */
        SENT,
        /** The server says that nobody has this address. */
        REFUSED
    }

    /** The server does not take mails now. */
    public static final class AwayException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AwayException(String kind) {
            super("The mail server takes no mail now (" + kind + ")");
        }
    }

    /** Whether there is a mail server at all. */
    public boolean isThere() {
        return server != null;
    }

    /**
     * Hands a mail to the server.
     *
     * @throws AwayException where it may be tried again
     */
    public Outcome send(Letter letter) {
        if (server == null) {
            throw new AwayException("none is configured");
        }
        var message = new SimpleMailMessage();
        message.setFrom(settings.mailFrom());
        message.setTo(letter.to().value());
        message.setSubject(letter.subject());
        message.setText(letter.text());
        try {
            server.send(message);
            return Outcome.SENT;
        } catch (MailException e) {
            if (isRefused(e)) {
                return Outcome.REFUSED;
            }
            // not as the cause: it repeats the address
            throw new AwayException(e.getClass().getSimpleName());
        }
    }

    private static boolean isRefused(MailException e) {
        var failures = e instanceof MailSendException failed
                ? Arrays.stream(failed.getMessageExceptions())
                : Stream.<Exception>empty();
        return failures.filter(SendFailedException.class::isInstance)
                .map(SendFailedException.class::cast)
                .map(SendFailedException::getInvalidAddresses)
                .anyMatch(addresses -> addresses != null && addresses.length > 0);
    }
}
