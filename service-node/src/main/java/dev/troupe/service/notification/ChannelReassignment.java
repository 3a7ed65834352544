package dev.troupe.service.notification;

import dev.troupe.protocol.service.Sql;
import java.sql.SQLException;

/** Moves queued notifications to the channels that the present settings give their types. */
final class ChannelReassignment {
  private ChannelReassignment() {}

  private record Route(String type, String channel) {}

  /**
   * @return how many notifications got another channel
   */
  static int renew(Sql sql, NotificationSettings settings) throws SQLException {
    int moved = 0;
    for (Route route :
        sql.list(
            Route.class,
            "SELECT DISTINCT type, channel FROM notifications WHERE state = 'queued'")) {
      String channel = settings.channelOf(route.type());
      if (!channel.equals(route.channel())) {
        moved +=
            sql.update(
                "UPDATE notifications SET channel = ?"
                    + " WHERE state = 'queued' AND channel = ? AND type = ?",
                channel,
                route.channel(),
                route.type());
      }
    }
    return moved;
  }
}
