package com.misybot.tenancy.context.session.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.web.DirectRoute;
import com.misybot.tenancy.web.ReadAgain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Introspects {@code {"token":"…"}} with not a character too many, as every client writes it. */
final class DirectIntrospect extends DirectRoute {

    private static final String BEGINNING = "{\"token\":\"";
    private static final String END = "\"}";

    private final ObjectProvider<SessionController> handler;

    DirectIntrospect(ObjectProvider<SessionController> handler, ObjectProvider<HandlerExceptionResolver> failures) {
        super(
                SessionController.INTROSPECTING,
                HttpMethod.POST.name(),
                SessionController.PATH + SessionController.INTROSPECT,
                failures);
        this.handler = handler;
    }

    @Override
    protected @Nullable HttpServletRequest answer(
            HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        var length = request.getContentLength();
        if (length < 1
                || length > SessionController.SHOWN_BYTES
                || request.getQueryString() != null
                || !MediaType.APPLICATION_JSON_VALUE.equals(request.getContentType())) {
            return request;
        }
        var body = request.getInputStream().readNBytes(length);
        var token = token(body);
        if (token == null) {
            return new ReadAgain(request, body);
        }
        handler.getObject().introspect(new SessionController.Shown(token), caller, response);
        return null;
    }

    /** The token in a body that has not a character too many; null for any other. */
    private static @Nullable String token(byte[] body) {
        var text = new String(body, ISO_8859_1);
        if (!text.startsWith(BEGINNING) || !text.endsWith(END) || text.length() <= BEGINNING.length() + END.length()) {
            return null;
        }
        var token = text.substring(BEGINNING.length(), text.length() - END.length());
        return Token.claimedKeyId(token).isPresent() ? token : null;
    }
}
