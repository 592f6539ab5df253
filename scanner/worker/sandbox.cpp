// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/sandbox.h"

#include <fmt/format.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <memory>

namespace verso::scanner {

namespace {

struct ReleaseFilter {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, ReleaseFilter>;

Error refused(const char* what, int reason) {
    return {ErrorCode::NotAllowed,
            fmt::format("this machine refuses {}: {}", what, std::strerror(reason)), "", ""};
}

/// Bytes of address space that the process has now (proc(5), statm); 0 when it cannot be told.
std::uint64_t address_space() {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen("/proc/self/statm", "r"),
                                                         std::fclose);
    unsigned long long pages = 0;
    if (!file || std::fscanf(file.get(), "%llu", &pages) != 1) return 0;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

Result<void> limit(__rlimit_resource resource, std::uint64_t value, const char* what) {
    const rlimit both{value, value};
    if (::setrlimit(resource, &both) != 0) return refused(what, errno);
    return {};
}

Result<void> limit_resources(int megabytes) {
    constexpr std::uint64_t kDescriptors = 32;
    if (auto set = limit(RLIMIT_CORE, 0, "a limit on core files"); !set) return set;
    if (auto set = limit(RLIMIT_FSIZE, 0, "a limit on files"); !set) return set;
    if (auto set = limit(RLIMIT_NOFILE, kDescriptors, "a limit on descriptors"); !set) return set;
    if (under_sanitizer()) return {};
    const std::uint64_t now = address_space(), more = std::uint64_t(megabytes) << 20;
    // Data counts what may be written to; address space is the net below it, with room for the
    // areas that the allocator and threads reserve and do not use.
    constexpr std::uint64_t kReserved = 512u << 20;
    if (auto set = limit(RLIMIT_DATA, more, "a limit on memory"); !set) return set;
    return now == 0 ? Result<void>{}
                    : limit(RLIMIT_AS, now + more + kReserved, "a limit on address space");
}

/// What computing on memory, its threads and its own end need.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendmsg),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(setitimer),
    SCMP_SYS(getcpu),
    SCMP_SYS(membarrier),
};

/// UBSan looks through a pipe whether an object can be read.
constexpr int kAllowedToSanitizers[] = {SCMP_SYS(pipe), SCMP_SYS(pipe2)};

/// Looking for a file is what libraries try and can do without.
constexpr int kFails[] = {
    SCMP_SYS(open),      SCMP_SYS(openat),     SCMP_SYS(openat2),  SCMP_SYS(stat),
    SCMP_SYS(lstat),     SCMP_SYS(newfstatat), SCMP_SYS(statx),    SCMP_SYS(access),
    SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
};

/// Nothing that reads pictures comes here by mistake.
constexpr int kHostile[] = {
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kill),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(bpf),
    SCMP_SYS(mount),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(keyctl),
    SCMP_SYS(io_uring_setup),
};

/// The calls that are judged by an argument. Negative: what libseccomp said.
int add_by_argument(scmp_filter_ctx filter) {
    const scmp_arg_cmp not_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
    const scmp_arg_cmp process = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
    // abort() sends its signal to this process by number.
    const scmp_arg_cmp own = SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()));
    for (const int added : {
             seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_code),
             seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_code),
             seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, thread),
             seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), 1, process),
             // Its flags lie in memory, which a filter cannot see; glibc then takes clone.
             seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0),
             seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, own),
         }) {
        if (added < 0) return added;
    }
    return 0;
}

int add_rules(scmp_filter_ctx filter) {
    for (const int call : kAllowed) {
        if (const int added = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); added < 0)
            return added;
    }
    for (const int call : kAllowedToSanitizers) {
        if (!under_sanitizer()) break;
        if (const int added = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); added < 0)
            return added;
    }
    for (const int call : kFails) {
        const int added = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0);
        if (added < 0) return added;
    }
    for (const int call : kHostile) {
        const int added = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, call, 0);
        if (added < 0) return added;
    }
    return add_by_argument(filter);
}

Result<void> filter_calls() {
    const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter) return refused("a filter of system calls", ENOMEM);
    if (const int failed = add_rules(filter.get()); failed < 0)
        return refused("a rule on system calls", -failed);
    if (const int failed = seccomp_load(filter.get()); failed < 0)
        return refused("a filter of system calls", -failed);
    return {};
}

}  // namespace

bool under_sanitizer() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return true;
#else
    return false;
#endif
#else
    return false;
#endif
}

Result<void> enter_sandbox(int megabytes) {
    // In this order: each step may need what the next one takes away.
    ::prctl(PR_SET_DUMPABLE, 0);
    const auto limited = limit_resources(megabytes);
    const bool fixed = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    const auto filtered = fixed ? filter_calls() : refused("a promise of no new rights", errno);
    return limited ? filtered : limited;
}

}  // namespace verso::scanner
