/* A disk that can lose its power: remembers what every write since the last sync of its file has overwritten.
 *
 *   gcc -shared -fPIC -O2 -o powerloss.so powerloss.c -ldl
 *   LD_PRELOAD=powerloss.so HANSA_POWERLOSS_PREFIX=/data/ HANSA_POWERLOSS_JOURNAL=/elsewhere/journal program
 *
 * Writes go to the real files, so the program sees what it expects. Before each one a record of the old and new bytes goes to the
 * journal, which lies in shared memory and so outlives the process. After a kill, PowerLossJournal.cs takes back what no sync
 * had covered. A sync covers the writes that had returned when it began, not those that came meanwhile.
 *
 * Kinder than a real disk: names (open, rename, unlink) and a truncation by O_TRUNC are durable at once. Memory maps are not
 * looked at; SQLite maps its -shm file only, which is worthless after a crash and deleted before the restart.
 *
 * With HANSA_POWERLOSS_LIES=1 syncs are answered and not done: a test that passes then tests nothing. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define JOURNAL_BYTES (4ull << 30) /* A sparse file: only what is used takes room. */

enum { WRITE = 1, TRUNCATE = 2, SYNC = 3, RENAME = 4, UNLINK = 5 };

/* record = header, path, second path or old bytes, new bytes, zeros up to a multiple of 8; little-endian as the machine is */
struct record {
    uint32_t kind, path_length;
    uint64_t length;   /* of the whole record */
    int64_t offset;    /* WRITE: where; TRUNCATE: the new size; SYNC: records before this place in the journal are covered */
    int64_t old_size;  /* of the file before */
    uint64_t old_length, new_length;
};

static struct { _Atomic uint64_t used; char records[]; } *journal;
static const char *prefix;
static int lies;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...) \
    static type (*real_##name)(__VA_ARGS__); \
    if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

static void die(const char *why)
{
    dprintf(2, "powerloss: %s: %s\n", why, strerror(errno));
    abort();
}

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("HANSA_POWERLOSS_JOURNAL");
    prefix = getenv("HANSA_POWERLOSS_PREFIX");
    lies = getenv("HANSA_POWERLOSS_LIES") != NULL;
    if (!path || !prefix)
        return;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    REAL(int, ftruncate, int, off_t);
    if (fd < 0 || real_ftruncate(fd, JOURNAL_BYTES))
        die(path);
    journal = mmap(NULL, JOURNAL_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (journal == MAP_FAILED)
        die(path);
    close(fd);
}

static int is_tracked(const char *path)
{
    size_t length = strlen(path);
    return !strncmp(path, prefix, strlen(prefix)) && (length < 4 || strcmp(path + length - 4, "-shm"));
}

/* Whether writes to this descriptor count; if so, the path and size of its file. */
static int find(int fd, char *path, int64_t *size)
{
    struct stat about;
    if (!journal || fstat(fd, &about) || !S_ISREG(about.st_mode))
        return 0;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    *size = about.st_size;
    return is_tracked(path);
}

/* Appends a record; the caller holds the lock. It counts once it is whole. */
static void note(uint32_t kind, const char *path, int64_t offset, int64_t old_size, const void *old, uint64_t old_length,
    const void *new, uint64_t new_length)
{
    uint64_t at = journal->used, path_length = strlen(path);
    uint64_t length = (sizeof(struct record) + path_length + old_length + new_length + 7) & ~7ull;
    if (sizeof(uint64_t) + at + length > JOURNAL_BYTES) {
        errno = ENOSPC;
        die("the journal is full");
    }
    struct record *record = (struct record *)(journal->records + at);
    *record = (struct record){ kind, (uint32_t)path_length, length, offset, old_size, old_length, new_length };
    char *to = (char *)(record + 1);
    memcpy(to, path, path_length);
    memcpy(to + path_length, old, old_length);
    memcpy(to + path_length + old_length, new, new_length);
    journal->used = at + length;
}

/* Reads what lies there now. Another descriptor only where this one is for writing only: closing one gives up the locks that the
 * process holds on the file. */
static void peek(int fd, const char *path, void *to, uint64_t length, int64_t offset)
{
    int own = (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    uint64_t got = 0;
    while (got < length) {
        ssize_t n = pread(own >= 0 ? own : fd, (char *)to + got, length - got, offset + (int64_t)got);
        if (n <= 0)
            die(path);
        got += (uint64_t)n;
    }
    if (own >= 0)
        close(own);
}

static void note_write(int fd, const char *path, int64_t size, const void *bytes, uint64_t length, int64_t offset)
{
    if (offset < 0)
        offset = fcntl(fd, F_GETFL) & O_APPEND ? size : lseek(fd, 0, SEEK_CUR);
    uint64_t old_length = offset >= size ? 0 : (uint64_t)(size - offset) < length ? (uint64_t)(size - offset) : length;
    void *old = malloc(old_length + 1);
    if (!old)
        die("memory");
    peek(fd, path, old, old_length, offset);
    note(WRITE, path, offset, size, old, old_length, bytes, length);
    free(old);
}

/* Around a write: the record comes first, so a kill between the two takes back what is not there. */
#define TRACKED_WRITE(fd, bytes, length, offset, call) \
    char path[PATH_MAX]; \
    int64_t size; \
    if (!find(fd, path, &size)) \
        return call; \
    pthread_mutex_lock(&lock); \
    find(fd, path, &size); \
    note_write(fd, path, size, bytes, length, offset); \
    ssize_t done = call; \
    int error = errno; \
    pthread_mutex_unlock(&lock); \
    errno = error; \
    return done

ssize_t write(int fd, const void *bytes, size_t length)
{
    REAL(ssize_t, write, int, const void *, size_t);
    TRACKED_WRITE(fd, bytes, length, -1, real_write(fd, bytes, length));
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    TRACKED_WRITE(fd, bytes, length, offset, real_pwrite64(fd, bytes, length, offset));
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
    return pwrite64(fd, bytes, length, offset);
}

/* A part of a vector may be written alone: that is what the standard allows, and callers go on with the rest. */
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset)
{
    return count == 0 ? 0 : pwrite64(fd, parts[0].iov_base, parts[0].iov_len, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset)
{
    return pwritev64(fd, parts, count, offset);
}

int ftruncate64(int fd, off64_t size)
{
    REAL(int, ftruncate64, int, off64_t);
    char path[PATH_MAX];
    int64_t old_size;
    if (!find(fd, path, &old_size))
        return real_ftruncate64(fd, size);
    pthread_mutex_lock(&lock);
    find(fd, path, &old_size);
    uint64_t lost = size < old_size ? (uint64_t)(old_size - size) : 0;
    void *old = malloc(lost + 1);
    if (!old)
        die("memory");
    peek(fd, path, old, lost, size);
    note(TRUNCATE, path, size, old_size, old, lost, NULL, 0);
    free(old);
    int result = real_ftruncate64(fd, size), error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

#define TRACKED_SYNC(fd, call) \
    char path[PATH_MAX]; \
    int64_t size; \
    if (!find(fd, path, &size)) \
        return call; \
    if (lies) \
        return 0; \
    pthread_mutex_lock(&lock); \
    int64_t covered = (int64_t)journal->used; \
    pthread_mutex_unlock(&lock); \
    int result = call, error = errno; \
    if (result == 0) { \
        pthread_mutex_lock(&lock); \
        note(SYNC, path, covered, size, NULL, 0, NULL, 0); \
        pthread_mutex_unlock(&lock); \
    } \
    errno = error; \
    return result

int fsync(int fd)
{
    REAL(int, fsync, int);
    TRACKED_SYNC(fd, real_fsync(fd));
}

int fdatasync(int fd)
{
    REAL(int, fdatasync, int);
    TRACKED_SYNC(fd, real_fdatasync(fd));
}

int rename(const char *from, const char *to)
{
    REAL(int, rename, const char *, const char *);
    int result = real_rename(from, to), error = errno;
    if (journal && result == 0 && (is_tracked(from) || is_tracked(to))) {
        pthread_mutex_lock(&lock);
        note(RENAME, from, 0, 0, to, strlen(to), NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    errno = error;
    return result;
}

int unlink(const char *path)
{
    REAL(int, unlink, const char *);
    int result = real_unlink(path), error = errno;
    if (journal && result == 0 && is_tracked(path)) {
        pthread_mutex_lock(&lock);
        note(UNLINK, path, 0, 0, NULL, 0, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    errno = error;
    return result;
}
