using System.Globalization;
using System.Reflection;

namespace Hansa.Storage;

/// <summary>One step of a database's schema, forward only, run in one transaction.</summary>
/// <param name="Version">The version that the file has after it, counted from 1.</param>
/// <param name="Name">What it does, from its file's name.</param>
/// <param name="Sql">Its statements.</param>
public sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>The steps embedded in an assembly as <c>0001-name.sql</c> of a folder (<c>Migrations/</c>), in order.</summary>
    /// <exception cref="InvalidOperationException">A number is missing, or stands twice.</exception>
    public static IReadOnlyList<Migration> FromResources(Assembly assembly, string folder)
    {
        var migrations = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && !name[folder.Length..].Contains('/', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name[folder.Length..]))
            .ToList();
        for (var i = 0; i < migrations.Count; i++)
        {
            if (migrations[i].Version != i + 1)
                throw new InvalidOperationException($"Migration {i + 1} is missing or stands twice in {assembly.GetName().Name}.");
        }

        return migrations;
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new(int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), Path.GetFileNameWithoutExtension(file)[5..], reader.ReadToEnd());
    }
}
