/** Health indicators and metrics. They only read; nothing here changes what it measures. */
@NullMarked
package io.keelson.infra.app.monitoring;

import org.jspecify.annotations.NullMarked;
