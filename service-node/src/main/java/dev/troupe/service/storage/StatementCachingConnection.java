package dev.troupe.service.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A connection whose prepared statements stay prepared when they are closed, for the next one who
 * wants the same: to prepare a statement costs more than to run it. Used by one thread at a time.
 */
final class StatementCachingConnection extends JDBC4Connection {
  private static final int MOST_IDLE = 64;

  private final Map<String, Reused> idle = new LinkedHashMap<>();

  StatementCachingConnection(String url, String file, Properties properties) throws SQLException {
    super(url, file, properties);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    Reused statement = idle.remove(sql);
    if (statement == null) {
      return new Reused(sql);
    }
    statement.lent = true;
    return statement;
  }

  private void takeBack(Reused statement) throws SQLException {
    Reused same = idle.put(statement.text, statement);
    if (same != null) {
      same.discard();
    }
    if (idle.size() > MOST_IDLE) {
      idle.remove(idle.keySet().iterator().next()).discard();
    }
  }

  private final class Reused extends JDBC4PreparedStatement {
    private final String text;
    private boolean lent = true;

    private Reused(String text) throws SQLException {
      super(StatementCachingConnection.this, text);
      this.text = text;
    }

    /** Ends what it has begun, and forgets its parameters. */
    @Override
    public void close() throws SQLException {
      if (!lent) {
        return;
      }
      lent = false;
      // The driver has closed it after some failures; there is nothing left to use again.
      if (pointer.isClosed()) {
        discard();
        return;
      }
      rs.close();
      pointer.safeRunInt(DB::reset);
      clearBatch();
      clearParameters();
      takeBack(this);
    }

    private void discard() throws SQLException {
      super.close();
    }
  }
}
