-- A replay by time to a webhook of the platform is over the events of all tenants, and no other index begins with the time.
-- Events lie in the table about in the order of their times, so that a summary of its pages is enough, and costs a change next to nothing.
create index event_at on event using brin (at) with (pages_per_range = 32, autosummarize = on);
