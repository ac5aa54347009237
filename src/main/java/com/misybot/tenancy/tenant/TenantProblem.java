package com.misybot.tenancy.tenant;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What the registry refuses, and how it says so. */
public enum TenantProblem implements ProblemCode {
    UNKNOWN_TENANT(NOT_FOUND, "There is no such tenant"),
    OUT_OF_REACH(FORBIDDEN, "The caller may not see such a tenant"),
    ILLEGAL_TRANSITION(CONFLICT, "The tenant's state does not allow this move"),
    ACTIVE_UNTIL_PASSED(CONFLICT, "The tenant's time is over"),
    NAME_TAKEN(CONFLICT, "A name is not available"),
    QUOTA_EXCEEDED(CONFLICT, "A limit of the tenant is reached"),
    NAME_RESERVED(UNPROCESSABLE_CONTENT, "The tenantId is a reserved word"),
    PLAN_UNKNOWN(UNPROCESSABLE_CONTENT, "There is no such plan"),
    REGION_UNKNOWN(UNPROCESSABLE_CONTENT, "There is no such region"),
    PERMISSION_UNKNOWN(UNPROCESSABLE_CONTENT, "There is no such permission"),
    INSTANT_PASSED(UNPROCESSABLE_CONTENT, "An instant must be in the future"),
    DRY_RUN_TOO_LONG(UNPROCESSABLE_CONTENT, "The dry run cannot remember more names"),
    FILTER_TOO_BROAD(UNPROCESSABLE_CONTENT, "The filter cannot be answered in a second");

    private final HttpStatus status;
    private final String title;

    TenantProblem(HttpStatus status, String title) {
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

    static ProblemException unknown(TenantId tenant) {
        return new ProblemException(UNKNOWN_TENANT, "There is no tenant " + tenant + ".");
    }

    static ProblemException illegal(TenantId tenant, TenantStatus status, String move) {
        return Problem.of(
                        ILLEGAL_TRANSITION,
                        "Tenant " + tenant + " is " + status + ": " + move + " is not possible now.")
                .with("allowed", status.allowed().stream().map(Move::word).toList())
                .asException();
    }

    static ProblemException activeUntilPassed(TenantId tenant) {
        return new ProblemException(
                ACTIVE_UNTIL_PASSED, "The activeUntil of tenant " + tenant + " has passed: set a later one first.");
    }

    static ProblemException outOfReach() {
        return new ProblemException(
                OUT_OF_REACH, "This key is limited to other tenants: their list, labels, plan or region.");
    }

    /** A plan that is not there. */
    public static ProblemException planUnknown() {
        return of(PLAN_UNKNOWN, "/plan", "There is no such plan.");
    }

    /** A permission that is in no catalogue. */
    public static ProblemException permissionUnknown(String permission) {
        return of(PERMISSION_UNKNOWN, "/permissions", "There is no permission " + permission + ".");
    }

    /** A name is in use or in quarantine. */
    public static ProblemException taken(String field) {
        return TenantProblem.of(NAME_TAKEN, "/" + field, "This " + field + " is not available: choose another one.");
    }

    /** A refusal that one field of the body caused. */
    static ProblemException of(TenantProblem problem, String pointer, String detail) {
        return new ProblemException(problem, detail, List.of(new FieldError(pointer, problem.code(), detail)));
    }
}
