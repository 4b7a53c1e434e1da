using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Values that users keep for as long as they work: in memory only, for each user, until half an hour without a look at them.</summary>
/// <remarks>A request stands alone here (no HTTP session), so all that a user has open shares these values.</remarks>
public sealed class SessionValues(TimeProvider time)
{
    /// <summary>Values that a user may keep.</summary>
    public const int MostValues = 100;

    /// <summary>Bytes that a value may take, as it is stored.</summary>
    public const int MostBytes = 64 << 10;

    /// <summary>How long values are kept after the last look at them (spec platform 4.3: idle time-out of sessions).</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, (ImmutableSortedDictionary<string, Value> Values, long Used)> _users = new(StringComparer.Ordinal);

    /// <summary>The values of a user, by name.</summary>
    public IReadOnlyDictionary<string, Value> Get(string userName) =>
        _users.AddOrUpdate(userName, _ => (None, Now), (_, kept) => (Fresh(kept), Now)).Values;

    /// <summary>Sets a value of a user.</summary>
    /// <exception cref="PlatformException">BadRequest: it is too large, or there are too many.</exception>
    public void Set(string userName, string name, Value value)
    {
        if (ValueEncoding.ToBytes(value).Length is var bytes && bytes > MostBytes)
            throw Errors.Bad($"Session value '{name}' takes {bytes} bytes; at most {MostBytes} are kept.");
        Forget();
        _users.AddOrUpdate(userName, _ => (None.SetItem(name, value), Now), (_, kept) =>
        {
            var values = Fresh(kept).SetItem(name, value);
            return values.Count <= MostValues ? (values, Now) : throw Errors.Bad($"A session keeps {MostValues} values; '{name}' would be one more.");
        });
    }

    private static ImmutableSortedDictionary<string, Value> None { get; } = ImmutableSortedDictionary.Create<string, Value>(StringComparer.Ordinal);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private ImmutableSortedDictionary<string, Value> Fresh((ImmutableSortedDictionary<string, Value> Values, long Used) kept) => IsOver(kept.Used) ? None : kept.Values;

    private bool IsOver(long used) => Now - used > Idle.TotalMilliseconds;

    private void Forget()
    {
        foreach (var user in _users.Where(user => IsOver(user.Value.Used)))
            _users.TryRemove(user);
    }
}
