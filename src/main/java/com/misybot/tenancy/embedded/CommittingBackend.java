package com.misybot.tenancy.embedded;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import org.h2.mvstore.MVStore;

/** Writes to the file before it answers: what the store writes by itself, it writes up to a second later. */
final class CommittingBackend extends H2Backend {

    CommittingBackend(MVStore store) {
        super(store);
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        var answer = super.handleMessage(message);
        commit();
        return answer;
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        var answer = super.handleCommand(channel, database, command, query);
        commit();
        return answer;
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        var answer = super.handleQuery(query);
        commit();
        return answer;
    }
}
