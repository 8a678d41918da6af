// The cheap surface: a texture lit by sky, ground, one far light and up to two lamps, then fog.
//
// What a surface does not need is left out when the shader is built and never asked at run time:
// software drivers build a shader anew for every value of a uniform that they meet in a branch.
//
// SMOOTH  light and fog are worked out at the corners: for bodies, whose corners are close together
// UNLIT   takes no light
// LAMPS_1, LAMPS_2  how many lamps are on
// FOG     there is fog
// GLOWS   gives light of its own; GLOW_PICTURE: as pictured
// CUTOUT  the picture has holes
// AS_SEEN the camera's picture is kept in the curve of sRGB, in which all pictures are stored: light, being
//         a share of what is thrown back, is put into that curve (of bodies at the corners), so that no
//         point has to leave it and come back
#import bevy_pbr::{
    mesh_functions,
    mesh_view_bindings::view,
    view_transformations::position_world_to_clip,
}

struct Plain {
    base: vec4<f32>,
    // the same in the curve of sRGB
    base_seen: vec4<f32>,
    emissive: vec4<f32>,
    sky: vec4<f32>,
    ground: vec4<f32>,
    key_way: vec4<f32>,
    key: vec4<f32>,
    lamp_at: array<vec4<f32>, 2>,
    lamp: array<vec4<f32>, 2>,
    // rgb: colour, a: density per metre
    fog: vec4<f32>,
    fog_seen: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> plain: Plain;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var base_texture: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var base_sampler: sampler;

struct Corner {
    @builtin(instance_index) instance_index: u32,
    @location(0) position: vec3<f32>,
#ifdef VERTEX_NORMALS
    @location(1) normal: vec3<f32>,
#endif
#ifdef VERTEX_UVS_A
    @location(2) uv: vec2<f32>,
#endif
}

struct Shown {
    @builtin(position) position: vec4<f32>,
#ifdef VERTEX_UVS_A
    @location(0) uv: vec2<f32>,
#endif
#ifdef SMOOTH
    // rgb: light, a: how much comes through the fog
    @location(1) light: vec4<f32>,
#else
    @location(1) here: vec3<f32>,
    @location(2) normal: vec3<f32>,
#endif
}

// `at.w` is one over the square of the lamp's reach.
fn lamp(at: vec4<f32>, strength: vec4<f32>, normal: vec3<f32>, here: vec3<f32>) -> vec3<f32> {
    let way = at.xyz - here;
    let apart = dot(way, way);
    // A soft wrap keeps the shaded side of a face readable.
    let facing = clamp(dot(normal, way) * inverseSqrt(apart) * 0.8 + 0.2, 0.0, 1.0);
    return strength.rgb * (facing / (1.0 + apart * at.w));
}

fn lit(normal: vec3<f32>, here: vec3<f32>) -> vec3<f32> {
#ifdef UNLIT
    return vec3<f32>(1.0);
#else
    var light = mix(plain.ground.rgb, plain.sky.rgb, normal.y * 0.5 + 0.5);
    light += plain.key.rgb * max(dot(normal, plain.key_way.xyz), 0.0);
#ifdef LAMPS_1
    light += lamp(plain.lamp_at[0], plain.lamp[0], normal, here);
#endif
#ifdef LAMPS_2
    light += lamp(plain.lamp_at[0], plain.lamp[0], normal, here);
    light += lamp(plain.lamp_at[1], plain.lamp[1], normal, here);
#endif
    return light;
#endif
}

fn clear(here: vec3<f32>) -> f32 {
#ifdef FOG
    return exp(-distance(view.world_position.xyz, here) * plain.fog.a);
#else
    return 1.0;
#endif
}

// IEC 61966-2-1, its curved part as a cubic that is never off by more than a shade.
fn linear(seen: vec3<f32>) -> vec3<f32> {
    let curved = ((0.3012 * seen + 0.6935) * seen + 0.0030) * seen + 0.0023;
    return select(curved, seen * (1.0 / 12.92), seen < vec3<f32>(0.04045));
}

// A share of light in the curve of sRGB. The curve is close to this power, and the power of a product
// is the product of the powers.
fn as_seen(light: vec3<f32>) -> vec3<f32> {
    return pow(max(light, vec3<f32>(0.0)), vec3<f32>(1.0 / 2.2));
}

// IEC 61966-2-1.
fn seen(linear: vec3<f32>) -> vec3<f32> {
    let curved = 1.055 * pow(linear, vec3<f32>(1.0 / 2.4)) - 0.055;
    return select(curved, linear * 12.92, linear < vec3<f32>(0.0031308));
}

@vertex
fn vertex(in: Corner) -> Shown {
    var out: Shown;
    let way = mesh_functions::get_world_from_local(in.instance_index);
    let here = mesh_functions::mesh_position_local_to_world(way, vec4<f32>(in.position, 1.0)).xyz;
    out.position = position_world_to_clip(here);
#ifdef VERTEX_UVS_A
    out.uv = in.uv;
#endif
    var normal = vec3<f32>(0.0, 1.0, 0.0);
#ifdef VERTEX_NORMALS
    normal = mesh_functions::mesh_normal_local_to_world(in.normal, in.instance_index);
#endif
#ifdef SMOOTH
    var light = lit(normalize(normal), here);
#ifdef AS_SEEN
    light = as_seen(light);
#endif
    out.light = vec4<f32>(light, clear(here));
#else
    out.here = here;
    out.normal = normal;
#endif
    return out;
}

@fragment
fn fragment(in: Shown, @builtin(front_facing) front: bool) -> @location(0) vec4<f32> {
    var picture = vec4<f32>(1.0);
#ifdef VERTEX_UVS_A
    picture = textureSample(base_texture, base_sampler, in.uv);
#endif
    let alpha = plain.base.a * picture.a;
#ifdef CUTOUT
    if alpha < 0.4 {
        discard;
    }
#endif
#ifdef AS_SEEN
#ifndef GLOWS
#ifndef GLOW_PICTURE
    var body = plain.base_seen.rgb * picture.rgb;
#ifdef SMOOTH
    body *= in.light.rgb;
    let clear_here = in.light.a;
#else
#ifndef UNLIT
    let way = normalize(in.normal);
    body *= as_seen(lit(select(-way, way, front), in.here));
#endif
    let clear_here = clear(in.here);
#endif
#ifdef FOG
    body = mix(plain.fog_seen.rgb, body, clear_here);
#endif
    return vec4<f32>(body, alpha);
#endif
#endif
#endif
    let bright = linear(picture.rgb);
#ifdef SMOOTH
    var light = in.light.rgb;
    let through = in.light.a;
#ifdef AS_SEEN
    light = pow(light, vec3<f32>(2.2));
#endif
#else
#ifdef UNLIT
    let light = vec3<f32>(1.0);
#else
    let facing = normalize(in.normal);
    let light = lit(select(-facing, facing, front), in.here);
#endif
    let through = clear(in.here);
#endif
    var shown = plain.base.rgb * bright * light;
#ifdef GLOW_PICTURE
    shown += plain.emissive.rgb * bright;
#else
#ifdef GLOWS
    shown += plain.emissive.rgb;
#endif
#endif
#ifdef FOG
    shown = mix(plain.fog.rgb, shown, through);
#endif
#ifdef AS_SEEN
    shown = seen(shown);
#endif
    return vec4<f32>(shown, alpha);
}
