using System.ComponentModel.DataAnnotations;
using Hansa.Model;

namespace Hansa.Server;

/// <summary>
/// Limits that were set: environment (<c>HANSA_Scripts__Timeout=00:00:10</c>) over file (<c>hansa.json</c> in the data folder) over default.
/// </summary>
internal sealed class Settings
{
    private const string Prefix = "HANSA_";
    private readonly IConfigurationRoot _configuration;
    private readonly List<string> _taken = [];

    public Settings(string dataFolder)
    {
        try
        {
            _configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(dataFolder, "hansa.json"), optional: true).AddEnvironmentVariables(Prefix).Build();
        }
        catch (InvalidDataException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"hansa.json cannot be read: {(e.InnerException ?? e).Message}", e);
        }
    }

    /// <summary>What was set, a line each.</summary>
    public IReadOnlyList<string> Taken => _taken;

    /// <summary>The options of a section, checked against their ranges.</summary>
    /// <exception cref="PlatformException">BadRequest that names the setting.</exception>
    public T Of<T>(string name)
        where T : class, new()
    {
        var section = _configuration.GetSection(name);
        T options;
        try
        {
            options = section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        }
        catch (Exception e) when (e is InvalidOperationException or ValidationException)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"A setting of {name} is wrong: {e.Message}", e);
        }

        _taken.AddRange(section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null).Select(pair => $"{name}:{pair.Key} = {pair.Value}"));
        return options;
    }
}
