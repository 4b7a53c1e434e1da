using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Values of properties that live elsewhere: on the remote end, or in another Thing of this server (spec platform 1.8, 3.3).</summary>
public sealed class BoundProperties(IRemoteEndpoints endpoints)
{
    private const int ReadsAtOnce = 16;

    /// <summary>The value as the binding wants it: the last one that was pushed, or read anew where that is too old.</summary>
    internal async ValueTask<Vtq> ReadAsync(Thing thing, PropertyDefinition property, string caller, CallPath path, CancellationToken cancellationToken)
    {
        if (IsFresh(thing, property.Name, out var binding))
            return thing.Properties.Read(property);
        await RefreshAsync(thing, property, binding!, endpoints.Get(thing), caller, path, cancellationToken);
        return thing.Properties.Read(property);
    }

    /// <summary>Whether the value that is here may be shown without asking.</summary>
    internal static bool IsFresh(Thing thing, string property, out RemotePropertyBinding? binding)
    {
        binding = thing.Bindings.IsEmpty ? null : thing.Bindings.Remote(property);
        return binding is not { CacheTime: not 0 }
            || (binding.CacheTime > 0 && thing.Properties.AgeOf(property) is { } age && age <= TimeSpan.FromMilliseconds(binding.CacheTime));
    }

    /// <summary>Reads the properties whose binding asks for it at the start. What cannot be read keeps its value.</summary>
    /// <returns>What failed, a sentence each.</returns>
    public async Task<IReadOnlyList<string>> StartAsync(Thing thing, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        var due = thing.Bindings.RemoteProperties.Where(binding => binding.ReadsAtStart).ToList();
        if (due.Count == 0 || endpoints.Find(thing) is not { } endpoint)
            return failures;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken }, async (binding, token) =>
        {
            try
            {
                if (thing.Shape.FindProperty(binding.Property) is { } property)
                    await RefreshAsync(thing, property, binding, endpoint, Principals.SystemName, CallPath.Empty, token);
            }
            catch (PlatformException e)
            {
                lock (failures)
                    failures.Add($"{binding.Property}: {e.Message}");
            }
        });
        return failures;
    }

    /// <summary>Sends values of remotely bound properties to the remote end. They change here when it says so; a device does not, so they change at its answer.</summary>
    internal async Task WriteRemoteAsync(
        string userName, Thing thing, IReadOnlyList<(string Property, Vtq Value)> values, CallPath path, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.Get(thing);
        var fields = new List<FieldDefinition>(values.Count);
        var row = new Value[values.Count];
        var timeout = TimeSpan.Zero;
        for (var i = 0; i < row.Length; i++)
        {
            var definition = thing.Shape.FindProperty(values[i].Property)!;
            var binding = thing.Bindings.Remote(values[i].Property)!;
            fields.Add(new(binding.RemoteName, definition.BaseType, Ordinal: i));
            row[i] = definition.CheckRange(Coercion.To(values[i].Value.Value, definition.BaseType, definition.Name));
            timeout = binding.Timeout > timeout ? binding.Timeout : timeout;
        }

        foreach (var (name, parameters) in Messages(endpoint, fields, row))
        {
            await endpoint.InvokeAsync(new(thing, name, parameters, CallKind.KeptWrite)
            {
                Subject = RemoteSubject.PropertyWrite, Timeout = timeout, Path = path, Caller = userName,
            }, cancellationToken);
        }

        if (!endpoint.TellsChanges)
            await thing.Properties.WriteAsync(userName, values, cancellationToken);
    }

    // A server takes several properties in one message; a device knows them one by one (spec alwayson 5.2).
    private static IEnumerable<(string Name, InfoTable Parameters)> Messages(IRemoteEndpoint endpoint, List<FieldDefinition> fields, Value[] row)
    {
        if (endpoint.TellsChanges && fields.Count > 1)
        {
            yield return ("*", new InfoTable.Builder(new(fields)).Add(row).Build());
            yield break;
        }

        for (var i = 0; i < row.Length; i++)
            yield return (fields[i].Name, new InfoTable.Builder(new([fields[i]])).Add(row[i]).Build());
    }

    private static async Task RefreshAsync(
        Thing thing, PropertyDefinition property, RemotePropertyBinding binding, IRemoteEndpoint endpoint, string caller, CallPath path, CancellationToken cancellationToken)
    {
        var answer = await endpoint.InvokeAsync(new(thing, binding.RemoteName, null, CallKind.Read)
        {
            Subject = RemoteSubject.PropertyRead, Timeout = binding.Timeout, Path = path, Caller = caller,
        }, cancellationToken);
        if (answer is not { RowCount: > 0 } || answer.Shape.Fields.Length == 0)
            throw new PlatformException(ErrorCode.BadGateway, $"The other end of Thing [{thing.Name}] gave no value of [{binding.RemoteName}].");
        var value = Coercion.To(answer[0, 0], property.BaseType, property.Name);
        var before = thing.Properties.Read(property);
        // The same value read again is no write: it is neither logged nor fired.
        if (before.Time == 0 || before.Value != value)
            await thing.Properties.SetAsync(property.Name, value, cancellationToken);
        else
            thing.Properties.Confirm(property.Name);
    }
}
