package dev.troupe.cli.launch;

import java.time.Duration;

/**
 * What a launcher goes by.
 *
 * @param startTimeout how long a seed node may take until it answers
 * @param heartbeatTimeout how long it may be silent from then on
 * @param abandonment what to say when processes are left without a seed node
 */
record LauncherSettings(Duration startTimeout, Duration heartbeatTimeout, String abandonment) {}
