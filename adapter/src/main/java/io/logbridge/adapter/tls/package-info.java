/** TLS of the public port, with certificates that change while the server runs. */
@NullMarked
package io.logbridge.adapter.tls;

import org.jspecify.annotations.NullMarked;
