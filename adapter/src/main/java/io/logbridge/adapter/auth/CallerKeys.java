// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

/**
 * What the calls of one caller have in common, before anybody is asked who that is. Not an
 * identity: good for sharing out places, not for deciding who may.
 */
public enum CallerKeys {
  /** Credentials count, and whom they act as; without any, the address and whom it speaks for. */
  CREDENTIAL {
    @Override
    public String of(RequestHeaders headers, String address) {
      var credentials = headers.all("authorization");
      if (!credentials.isEmpty()) {
        return Tokens.hash(credentials + " " + headers.all("impersonate-user"));
      }
      // Many come from the address of a proxy, and it shows a certificate.
      return headers
          .certified()
          .map(request -> address + " " + Tokens.hash(request.all("x-remote-user").toString()))
          .orElse(address);
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
