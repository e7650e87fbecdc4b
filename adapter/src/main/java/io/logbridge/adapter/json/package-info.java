/** JSON that clients send and the database keeps, whatever its shape. */
@NullMarked
package io.logbridge.adapter.json;

import org.jspecify.annotations.NullMarked;
