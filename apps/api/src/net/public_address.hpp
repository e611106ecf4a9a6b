// Which addresses are the world's, and which this machine's or a private network's: where others choose whom we ask,
// only the former are asked.
#pragma once

struct sockaddr;

namespace safargo::net {

// False for loopback, private, shared, link-local, multicast, documentation and reserved addresses, for those that
// embed an IPv4 address that is not public, and for any other family.
bool is_public(const sockaddr& address);

}  // namespace safargo::net
