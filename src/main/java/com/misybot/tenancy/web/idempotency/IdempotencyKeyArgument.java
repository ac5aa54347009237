package com.misybot.tenancy.web.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.web.Callers;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RawBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@link IdempotencyKey}. */
final class IdempotencyKeyArgument implements HandlerMethodArgumentResolver {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final MacKey digests;

    IdempotencyKeyArgument(Keyring keyring) {
        this.digests = keyring.macKey(Keyring.Purpose.FINGERPRINT);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IdempotencyKey.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        var values = webRequest.getHeaderValues(IdempotencyKey.HEADER);
        if (values == null || values.length == 0) {
            return IdempotencyKey.none();
        }
        if (values.length > 1 || !VISIBLE_ASCII.matcher(values[0]).matches()) {
            throw ProblemException.invalid(FieldError.header(
                    IdempotencyKey.HEADER,
                    FieldError.FORMAT,
                    "Idempotency-Key is sent once and has 1 to 255 visible ASCII characters."));
        }
        var request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
        var caller = Callers.of(request);
        if (caller == null) {
            return IdempotencyKey.none();
        }
        var query = request.getQueryString();
        var id = digests.mac(
                "request".getBytes(UTF_8),
                caller.actor().toString().getBytes(UTF_8),
                request.getMethod().getBytes(UTF_8),
                (request.getRequestURI() + (query == null ? "" : "?" + query)).getBytes(UTF_8),
                values[0].getBytes(UTF_8));
        return new IdempotencyKey(id, () -> RawBody.of(request));
    }
}
