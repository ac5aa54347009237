package com.misybot.tenancy.tenant.bulk;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.operation.Progress;
import com.misybot.tenancy.operation.Step;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A run that ends when it has reported so many as done, as one does that is cancelled or whose owner dies. */
final class ShortRun implements OperationRun {

    static final JobRun NO_JOB = new NoJob();

    private final UUID id;
    private final String order;
    private final long end;
    private final List<String> reported = new ArrayList<>();

    ShortRun(UUID id, String order, long end) {
        this.id = id;
        this.order = order;
        this.end = end;
    }

    /** Where it ended. */
    static final class Stopped extends RuntimeException {}

    List<String> reported() {
        return reported;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public Scope.Tenant scope() {
        return Scope.platformRows();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long fence() {
        return 1;
    }

    @Override
    public <T> @Nullable T input(Class<T> type) {
        return JsonMapper.shared().readValue(order, type);
    }

    @Override
    public Progress progress() {
        return new Progress(0, null);
    }

    @Override
    public void progress(long done, @Nullable Long total) {
        reported.add(done + "/" + total);
        if (done == end) {
            throw new Stopped();
        }
    }

    @Override
    public void steps(List<Step> steps) {
        throw new UnsupportedOperationException("it reports none");
    }

    @Override
    public void step(String name, Runnable work) {
        work.run();
    }

    @Override
    public void checkpoint() {}

    @Override
    public void confirm() {}

    private record NoJob() implements JobRun {

        @Override
        public JobId id() {
            return new JobId(Scope.NIL, Scope.NIL);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public void checkpoint() {}

        @Override
        public void confirm() {}
    }
}
