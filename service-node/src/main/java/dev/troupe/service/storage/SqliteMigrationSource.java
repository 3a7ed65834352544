package dev.troupe.service.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * Gives the connections for migrations, each of which reads before it writes. Their transactions
 * take the right to write at once: one that takes it later fails if another process has written
 * meanwhile. They look for that right each millisecond: processes that write without pause leave it
 * free for moments only.
 */
final class SqliteMigrationSource extends SQLiteDataSource {
  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final Duration busyTimeout;

  /**
   * @param config of all connections to the file
   * @param busyTimeout how long a connection waits for the right to write
   */
  SqliteMigrationSource(SQLiteConfig config, String url, Duration busyTimeout) {
    super(immediate(config));
    this.busyTimeout = busyTimeout;
    setUrl(url);
  }

  private static SQLiteConfig immediate(SQLiteConfig config) {
    SQLiteConfig immediate = new SQLiteConfig(config.toProperties());
    immediate.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return immediate;
  }

  @Override
  public SQLiteConnection getConnection() throws SQLException {
    SQLiteConnection connection = super.getConnection(null, null);
    BusyHandler.setHandler(connection, new PatientHandler(busyTimeout));
    return connection;
  }

  /** Waits for a lock in steps of one length. SQLite's own steps grow. */
  private static final class PatientHandler extends BusyHandler {
    private static final int GIVE_UP = 0;
    private static final int TRY_AGAIN = 1;

    private final Duration limit;
    private long since;

    PatientHandler(Duration limit) {
      this.limit = limit;
    }

    @Override
    protected int callback(int earlierCalls) {
      long now = System.nanoTime();
      if (earlierCalls == 0) {
        since = now;
      }
      if (now - since > limit.toNanos()) {
        return GIVE_UP;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      return TRY_AGAIN;
    }
  }
}
