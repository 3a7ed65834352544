package dev.troupe.service.notification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Moves queued notifications to the channels that the present settings give their types. */
final class ChannelReassignment {
  private ChannelReassignment() {}

  private record Route(String type, String channel) {}

  /**
   * @return how many notifications got another channel
   */
  static int renew(Connection connection, NotificationSettings settings) throws SQLException {
    int moved = 0;
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notifications SET channel = ?"
                + " WHERE state = 'queued' AND channel = ? AND type = ?")) {
      for (Route route : routes(connection)) {
        String channel = settings.channelOf(route.type());
        if (!channel.equals(route.channel())) {
          update.setString(1, channel);
          update.setString(2, route.channel());
          update.setString(3, route.type());
          moved += update.executeUpdate();
        }
      }
    }
    return moved;
  }

  private static List<Route> routes(Connection connection) throws SQLException {
    List<Route> routes = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT DISTINCT type, channel FROM notifications WHERE state = 'queued'");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        routes.add(new Route(rows.getString(1), rows.getString(2)));
      }
    }
    return routes;
  }
}
