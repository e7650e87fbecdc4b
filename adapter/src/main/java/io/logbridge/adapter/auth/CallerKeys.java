// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

/**
 * What the calls of one caller have in common, before anybody is asked who that is. Not an
 * identity: good for sharing out places, not for deciding who may.
 */
public enum CallerKeys {
  /** Credentials count, and whom they act as; without any, the address. */
  CREDENTIAL {
    @Override
    public String of(RequestHeaders headers, String address) {
      var credentials = headers.all("authorization");
      return credentials.isEmpty()
          ? ADDRESS.of(headers, address)
          : Tokens.hash(credentials + " " + headers.all("impersonate-user"));
    }
  },
  /** Credentials are not looked at, so that everybody could make them up. */
  ADDRESS {
    @Override
    public String of(RequestHeaders headers, String address) {
      return address;
    }
  };

  /**
   * The key of a request; holds no credential.
   *
   * @param address from which it comes; empty if that is not known
   */
  public abstract String of(RequestHeaders headers, String address);
}
