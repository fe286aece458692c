/* Stands between a program and the disk (LD_PRELOAD): writes down what is done to the files under one folder, in
 * order and with the data, lets the n-th call fail, or kills the program just before it.
 *
 * The log is a row of records: op (1 byte), fd (4), number (8), length (4), then `length` bytes; host byte order.
 *   O open    number = 1 when the file was made or emptied   bytes = path
 *   W write   number = offset                                 bytes = data
 *   T truncate number = size
 *   S sync    F a sync that failed
 *   U unlink  bytes = path            R rename  bytes = old path, NUL, new path
 *   A what the program acknowledged   bytes = its words
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES 4096
#define FOLDER 2 /* its sync is counted, but not written down: its entries count as durable */

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static int log_fd = -1, watching, fail_errno, fail_forever;
static long calls, fail_at, kill_at;
static unsigned char ours[FILES];


static void append(char op, int fd, int64_t number, const void *bytes, uint32_t length) {
    char head[17];
    int32_t file = fd;
    if (log_fd < 0) return;
    head[0] = op;
    memcpy(head + 1, &file, 4);
    memcpy(head + 5, &number, 8);
    memcpy(head + 13, &length, 4);
    if (syscall(SYS_write, log_fd, head, sizeof head) != sizeof head) abort();
    if (length && syscall(SYS_write, log_fd, bytes, length) != (long)length) abort();
}

static int inside(const char *path) {
    size_t length = strlen(folder);
    return watching && strncmp(path, folder, length) == 0 && (path[length] == '/' || !path[length]);
}

/* The path an entry has or would have, without links: that of its folder, and its last name. */
static int placed(int at, const char *path, char *whole) {
    char joined[PATH_MAX], link[64], *name;
    whole[0] = 0;
    if (path[0] != '/' && at != AT_FDCWD) {
        ssize_t length;
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        length = readlink(link, joined, PATH_MAX - 1);
        if (length < 0) return 0;
        joined[length] = 0;
    } else if (path[0] != '/') {
        if (!getcwd(joined, PATH_MAX)) return 0;
    } else joined[0] = 0;
    if (strlen(joined) + strlen(path) + 2 > PATH_MAX) return 0;
    if (joined[0]) strcat(joined, "/");
    strcat(joined, path);
    name = strrchr(joined, '/');
    *name++ = 0;
    if (!realpath(joined[0] ? joined : "/", whole)) return 0;
    if (strlen(whole) + strlen(name) + 2 > PATH_MAX) return 0;
    strcat(whole, "/");
    strcat(whole, name);
    return inside(whole);
}

/* Counts one call on the watched files; whether it has to fail now. */
static int refused(void) {
    calls++;
    if (kill_at && calls == kill_at) kill(getpid(), SIGKILL);
    if (fail_at && (calls == fail_at || (fail_forever && calls > fail_at))) {
        errno = fail_errno;
        return 1;
    }
    return 0;
}

static int known(int fd) { return watching && fd >= 0 && fd < FILES && ours[fd]; }

void disk_watch(const char *path, int into) {
    strncpy(folder, path, PATH_MAX - 1);
    log_fd = into;
    calls = 0;
    watching = 1;
}
void disk_fail(long nth, int number, int forever) { fail_at = nth; fail_errno = number; fail_forever = forever; }
void disk_kill(long nth) { kill_at = nth; }
long disk_calls(void) { return calls; }
void disk_acknowledge(const char *words) {
    pthread_mutex_lock(&turn);
    append('A', -1, 0, words, (uint32_t)strlen(words));
    pthread_mutex_unlock(&turn);
}

static int opened(int at, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    struct stat before;
    int fd, fresh, there, mine;
    pthread_mutex_lock(&turn);
    mine = watching && placed(at, path, whole);
    there = mine && stat(whole, &before) == 0;
    fresh = (flags & O_TRUNC) || ((flags & O_CREAT) && !there);
    if (mine && (flags & O_CREAT) && refused()) fd = -1;
    else {
        fd = (int)syscall(SYS_openat, at, path, flags, mode);
        if (fd >= 0 && mine && fstat(fd, &before) == 0 && S_ISDIR(before.st_mode)) mine = FOLDER;
        if (fd >= 0 && fd < FILES) ours[fd] = (unsigned char)mine;
        if (fd >= 0 && mine == 1) append('O', fd, fresh, whole, (uint32_t)strlen(whole));
    }
    pthread_mutex_unlock(&turn);
    return fd;
}
#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }

int close(int fd) {
    if (fd >= 0 && fd < FILES) ours[fd] = 0;
    return (int)syscall(SYS_close, fd);
}

static ssize_t written(int fd, const void *bytes, size_t length, off_t at, int placed_write) {
    ssize_t done = -1;
    pthread_mutex_lock(&turn);
    if (!refused()) {
        struct stat now;
        if (!placed_write) {
            at = lseek(fd, 0, SEEK_CUR);
            if ((fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &now) == 0) at = now.st_size;
            done = syscall(SYS_write, fd, bytes, length);
        } else done = syscall(SYS_pwrite64, fd, bytes, length, at);
        if (done > 0) append('W', fd, at, bytes, (uint32_t)done);
    }
    pthread_mutex_unlock(&turn);
    return done;
}
ssize_t write(int fd, const void *bytes, size_t length) {
    return known(fd) ? written(fd, bytes, length, 0, 0) : syscall(SYS_write, fd, bytes, length);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    return known(fd) ? written(fd, bytes, length, at, 1) : syscall(SYS_pwrite64, fd, bytes, length, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) { return pwrite(fd, bytes, length, at); }

int ftruncate(int fd, off_t size) {
    int done = -1;
    if (!known(fd)) return (int)syscall(SYS_ftruncate, fd, size);
    pthread_mutex_lock(&turn);
    if (!refused() && (done = (int)syscall(SYS_ftruncate, fd, size)) == 0) append('T', fd, size, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

static int synced(int fd, long number) {
    int done = -1;
    if (!known(fd)) return (int)syscall(number, fd);
    pthread_mutex_lock(&turn);
    if (!refused()) done = 0; /* no power is cut here: the log knows what a real sync would have kept */
    if (ours[fd] != FOLDER) append(done == 0 ? 'S' : 'F', fd, 0, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int removed(int at, const char *path, int flags) {
    char whole[PATH_MAX];
    int done;
    pthread_mutex_lock(&turn);
    int mine = watching && placed(at, path, whole);
    done = (int)syscall(SYS_unlinkat, at, path, flags);
    if (mine && done == 0) append('U', -1, 0, whole, (uint32_t)strlen(whole));
    pthread_mutex_unlock(&turn);
    return done;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return removed(at, path, flags); }

static int renamed(int from, const char *old, int to, const char *fresh) {
    char both[2 * PATH_MAX], whole[PATH_MAX];
    int done = -1, mine;
    pthread_mutex_lock(&turn);
    mine = watching && placed(from, old, both) && placed(to, fresh, whole);
    if (!mine || !refused()) done = (int)syscall(SYS_renameat, from, old, to, fresh);
    if (mine && done == 0) {
        size_t length = strlen(both) + 1;
        strcpy(both + length, whole);
        append('R', -1, 0, both, (uint32_t)(length + strlen(whole)));
    }
    pthread_mutex_unlock(&turn);
    return done;
}
int rename(const char *old, const char *fresh) { return renamed(AT_FDCWD, old, AT_FDCWD, fresh); }
int renameat(int from, const char *old, int to, const char *fresh) { return renamed(from, old, to, fresh); }
