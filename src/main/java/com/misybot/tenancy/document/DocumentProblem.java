package com.misybot.tenancy.document;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.CONTENT_TOO_LARGE;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.NOT_IMPLEMENTED;
import static org.springframework.http.HttpStatus.PRECONDITION_FAILED;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantProblem;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What is refused of collections and documents. */
public enum DocumentProblem implements ProblemCode {
    FIELD_NAME_REFUSED(BAD_REQUEST, "A document has a field whose name is not accepted"),
    NUMBER_NOT_EXACT(BAD_REQUEST, "A number cannot be kept as it was written"),
    UNKNOWN_COLLECTION(NOT_FOUND, "There is no such collection"),
    UNKNOWN_DOCUMENT(NOT_FOUND, "There is no such document"),
    DOCUMENTS_READ_ONLY(CONFLICT, "The tenant is not active: its documents can only be read"),
    COLLECTION_IN_USE(CONFLICT, "The collection has documents"),
    RESOURCE_EXISTS(PRECONDITION_FAILED, "There is one already"),
    DOCUMENT_TOO_LARGE(CONTENT_TOO_LARGE, "The document is too large"),
    DOCUMENT_ID_RESERVED(UNPROCESSABLE_CONTENT, "The id is a reserved word"),
    COLLECTION_NAME_RESERVED(UNPROCESSABLE_CONTENT, "The name is a reserved word"),
    SCHEMA_REFUSED(UNPROCESSABLE_CONTENT, "The schema is not one that is accepted"),
    SCHEMA_MISMATCH(UNPROCESSABLE_CONTENT, "The document is not as its collection says"),
    DOCUMENTS_OFF(NOT_IMPLEMENTED, "There are no documents without MongoDB");

    private final HttpStatus status;
    private final String title;

    DocumentProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    public static ProblemException off() {
        return new ProblemException(DOCUMENTS_OFF, "Documents live in MongoDB alone: configure spring.mongodb.");
    }

    public static ProblemException unknownTenant(TenantId tenant) {
        return new ProblemException(TenantProblem.UNKNOWN_TENANT, "There is no tenant " + tenant + ".");
    }

    public static ProblemException unknownCollection() {
        return new ProblemException(
                UNKNOWN_COLLECTION,
                "The tenant has no collection of this name: declare it before documents are in it.");
    }

    public static ProblemException unknownDocument() {
        return new ProblemException(
                UNKNOWN_DOCUMENT, "The collection has no document with this id: it has ended, or there was none.");
    }

    public static ProblemException exists() {
        return new ProblemException(
                RESOURCE_EXISTS,
                "If-None-Match: * makes what does not exist: read what is there and send its If-Match.");
    }

    public static ProblemException matchRequired() {
        return new ProblemException(
                WebProblem.IF_MATCH_REQUIRED,
                "It exists: send If-Match with the ETag of the version you changed, or * to change whatever is there.");
    }

    public static ProblemException readOnly() {
        return new ProblemException(DOCUMENTS_READ_ONLY, "Documents are written for tenants that are ACTIVE.");
    }

    /** Refuses a document of more bytes than there may be. */
    public static ProblemException tooLarge(int most) {
        return Problem.of(
                        DOCUMENT_TOO_LARGE,
                        "A document has at most " + most + " bytes as JSON, and 16 MB as MongoDB keeps it.")
                .asException();
    }

    /** Refuses what fields of a document or of a schema caused. */
    public ProblemException of(List<FieldError> errors) {
        return new ProblemException(
                this,
                errors.size() == 1
                        ? errors.getFirst().detail()
                        : "Correct the " + errors.size() + " places listed in errors.",
                errors);
    }
}
