package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.tenant.Registration;
import com.misybot.tenancy.tenant.TenantRegistration;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.tenant.profile.Business;
import com.misybot.tenancy.tenant.profile.Profile;
import com.misybot.tenancy.web.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a tenant of an approved application. The tenant comes into being in the transaction that moves the application on, so that a run
 * that dies leaves both or none, and a second run finds nothing to do. What the registry refuses goes back to an operator.
 */
@Component
class Registering implements JobHandler<JobType.NoData> {

    private static final String DEFAULT_PLAN = "standard";
    private static final List<String> OTHER_NAME_HELPS = List.of("name_taken", "name_reserved");

    private final ScopedTransactions transactions;
    private final ApplicationRows rows;
    private final Contacts contacts;
    private final Slugs slugs;
    private final TenantRegistration registration;
    private final TenantService tenants;
    private final TenantSettings rules;
    private final Telling telling;
    private final Jobs jobs;

    Registering(
            ScopedTransactions transactions,
            ApplicationRows rows,
            Contacts contacts,
            Slugs slugs,
            TenantRegistration registration,
            TenantService tenants,
            TenantSettings rules,
            Telling telling,
            Jobs jobs) {
        this.transactions = transactions;
        this.rows = rows;
        this.contacts = contacts;
        this.slugs = slugs;
        this.registration = registration;
        this.tenants = tenants;
        this.rules = rules;
        this.telling = telling;
        this.jobs = jobs;
    }

    @Override
    public JobType<JobType.NoData> type() {
        return Approvals.REGISTER;
    }

    @Override
    public void run(JobRun run, JobType.NoData nothing) {
        var id = run.id().change();
        var approved =
                transactions.read(Scope.platformRows(), () -> rows.find(id)).orElseThrow();
        ProblemException refused = null;
        for (var name : slugs.candidates(approved)) {
            run.checkpoint();
            refused = register(id, name);
            if (refused == null
                    || !OTHER_NAME_HELPS.contains(refused.problem().code().code())) {
                break;
            }
        }
        if (refused != null) {
            giveBack(id, refused);
        }
    }

    /** Null where there is nothing more to do. */
    private @Nullable ProblemException register(UUID id, TenantId name) {
        try {
            transactions.change(Scope.platform(), () -> {
                var application = rows.lock(id)
                        .filter(one -> one.state() == ApplicationState.APPROVED)
                        .orElse(null);
                if (application != null) {
                    registration.register(
                            new Registration(name, null, profile(application)), false, Reach.all(), cause(application));
                    var tenant = tenants.idOf(name, Reach.all());
                    rows.update(application.registered(tenant, name, transactions.now()));
                    jobs.schedule(Welcoming.WELCOME, new JobId(Scope.NIL, id));
                }
                return null;
            });
            return null;
        } catch (ProblemException e) {
            if (e.problem().code().status().is5xxServerError()) {
                throw e;
            }
            return e;
        }
    }

    private Profile profile(Application application) {
        var wish = application.wish();
        var contact =
                contacts.open(application.id(), rows.contact(application.id()).orElseThrow());
        var name = contact.name();
        var plan = wish.plan();
        return new Profile(
                null,
                new Business(
                        wish.organisation(),
                        null,
                        null,
                        null,
                        name == null ? null : name.value(),
                        contact.email().value(),
                        null,
                        null,
                        null,
                        null),
                plan == null ? DEFAULT_PLAN : plan.value(),
                rules.regions().getFirst(),
                wish.origins().stream().map(Origin::toString).distinct().toList(),
                List.of(),
                Map.of(),
                "{}",
                null);
    }

    /** Whoever has approved it brings the tenant into being. */
    private static Cause cause(Application application) {
        var by = Objects.requireNonNull(application.decidedBy()).split(":", 2);
        var actor = new Actor(Actor.Kind.valueOf(by[0].toUpperCase(Locale.ROOT)), by[1]);
        return new Cause(actor, "Application " + application.id() + " was approved", null);
    }

    private void giveBack(UUID id, ProblemException refused) {
        transactions.change(Scope.platformRows(), () -> {
            var application = rows.lock(id).orElseThrow();
            if (application.state() == ApplicationState.APPROVED) {
                var now = transactions.now();
                var why = refused.problem().code().code() + ": "
                        + refused.problem().detail();
                var returned = rows.update(application.returned(why, now));
                telling.moved(
                        application, returned, OnboardingChanges.RETURNED, Cause.of(Actor.system(type().name())), now);
            }
            return null;
        });
    }
}
