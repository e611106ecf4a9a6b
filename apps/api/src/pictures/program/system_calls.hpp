// A filter of system calls (seccomp), for all threads of this process and for good.
#pragma once

namespace safargo::pictures {

// False, with errno set, if the kernel refused it. Needs PR_SET_NO_NEW_PRIVS.
bool allow_few_system_calls();

}  // namespace safargo::pictures
