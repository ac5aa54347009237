package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.document.DocumentSettings;
import com.misybot.tenancy.web.PlainBody;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Reads bodies that may be as large as a document, and not a byte more. */
@Component
class DocumentBodies {

    private final int most;

    DocumentBodies(DocumentSettings settings) {
        this.most = settings.maxBytes();
    }

    /**
     * The body of a request.
     *
     * @throws ProblemException 413 for one that is larger than a document may be
     */
    byte[] read(HttpServletRequest request) {
        PlainBody.require(
                request.getHeader(HttpHeaders.CONTENT_ENCODING), MediaType.parseMediaType(request.getContentType()));
        if (request.getContentLengthLong() > most) {
            throw DocumentProblem.tooLarge(most);
        }
        try {
            var bytes = request.getInputStream().readNBytes(most + 1);
            if (bytes.length > most) {
                throw DocumentProblem.tooLarge(most);
            }
            return bytes;
        } catch (IOException _) {
            throw new ProblemException(
                    WebProblem.MALFORMED_REQUEST, "The body broke off or its chunks are not as HTTP has them.");
        }
    }
}
