#ifndef CONEZ_API_H
#define CONEZ_API_H

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_READ 0
#define FILE_WRITE 1
#define FILE_APPEND 2
#define FILE_READ_UPDATE 3
#define FILE_WRITE_UPDATE 4
#define FILE_APPEND_UPDATE 5
#define FILE_SEEK_SET 0
#define FILE_SEEK_CUR 1
#define FILE_SEEK_END 2
#define FILE_TYPE_FILE 1
#define FILE_TYPE_DIR 2
#define FILE_MAX_PATH 128
#define DIRENT_NAME_SIZE 256
#define WAIT_GT 0
#define WAIT_LT 1
#define WAIT_EQ 2
#define WAIT_NE 3
#define WAIT_NEQ 3

struct conez_stat { int size; int type; int mtime; };
struct conez_dirent { int type; char name[DIRENT_NAME_SIZE]; };
typedef struct conez_stat conez_stat_t;
typedef struct conez_dirent conez_dirent_t;

#define print_i8(x) print_i32((signed char)(x))
#define print_u8(x) print_i32((unsigned char)(x))
#define print_i16(x) print_i32((short)(x))
#define print_u16(x) print_i32((unsigned short)(x))
#define print_u32(x) printf("%u\n", (unsigned)(x))
#define print_u64(x) printf("%llu\n", (unsigned long long)(x))

/* LEDs */
void led_set_pixel(int channel, int pos, int r, int g, int b);
void led_fill(int channel, int r, int g, int b);
void led_show(void);
int led_count(int channel);
void led_set_pixel_hsv(int channel, int pos, int h, int s, int v);
void led_fill_hsv(int channel, int h, int s, int v);
int hsv_to_rgb(int h, int s, int v);
int rgb_to_hsv(int r, int g, int b);
int led_gamma8(int value);
void led_set_gamma(int enable);
void led_shift(int channel, int amount, int r, int g, int b);
void led_rotate(int channel, int amount);
void led_reverse(int channel);
void led_set_buffer(int channel, const void *rgb, int count);

/* Pins */
void pin_set(int gpio);
void pin_clear(int gpio);
int pin_read(int gpio);
int analog_read(int gpio);

/* Position */
float get_lat(void);
float get_lon(void);
float get_alt(void);
float get_speed(void);
float get_dir(void);
int gps_valid(void);
int gps_present(void);
float get_origin_lat(void);
float get_origin_lon(void);
int has_origin(void);
float origin_dist(void);
float origin_bearing(void);

/* Attitude */
float get_roll(void);
float get_pitch(void);
float get_yaw(void);
float get_acc_x(void);
float get_acc_y(void);
float get_acc_z(void);
int imu_valid(void);
int imu_present(void);

/* Environment and power */
float get_temp(void);
float get_humidity(void);
float get_brightness(void);
float get_bat_voltage(void);
float get_solar_voltage(void);
float get_battery_percentage(void);
float get_battery_runtime(void);

/* Sun */
int get_sunrise(void);
int get_sunset(void);
int sun_valid(void);
int is_daylight(void);
float get_sun_azimuth(void);
float get_sun_elevation(void);

/* Cues */
int cue_playing(void);
long long cue_elapsed(void);

/* Time */
long long get_epoch_ms(void);
long long get_uptime_ms(void);
long long get_last_comm_ms(void);
int millis(void);
long long millis64(void);
void delay_ms(int ms);
int time_valid(void);
int get_year(void);
int get_month(void);
int get_day(void);
int get_hour(void);
int get_minute(void);
int get_second(void);
int get_day_of_week(void);
int get_day_of_year(void);
int get_is_leap_year(void);

/* Parameters, waits, random numbers */
int get_param(int id);
void set_param(int id, int value);
int should_stop(void);
int random_int(int min, int max);
int wait_pps(int timeout_ms);
int wait_param(int id, int condition, int value, int timeout_ms);

/* Output */
void print_i32(int value);
void print_f32(float value);
void print_i64(long long value);
void print_f64(double value);
void print_str(const char *text, int len);
int host_printf(const char *format, const void *args);

/* Formatting */
int host_snprintf(char *buffer, int size, const char *format, const void *args);
int host_sscanf(const char *text, const char *format, const void *pointers);
double host_strtod(const char *text, char **end);

/* Look-up table */
int lut_load(int n);
int lut_save(int n);
int lut_check(int n);
int lut_get(int index);
void lut_set(int index, int value);
int lut_size(void);

/* Files and directories */
int file_open(const char *path, int mode);
int file_write(int handle, const void *data, int len);
int file_writeln(int handle, const char *text);
int file_delete(const char *path);
int file_rename(const char *from, const char *to);
int file_mkdir(const char *path);
int file_rmdir(const char *path);
int dir_open(const char *path);
int file_read(int handle, void *buffer, int max_len);
int file_readln(int handle, char *buffer, int max_len);
char *file_readln_str(int handle);
int dir_read(int handle, struct conez_dirent *entry);
int file_stat(const char *path, struct conez_stat *out);
void file_close(int handle);
int file_size(int handle);
int file_seek(int handle, int offset, int whence);
int file_tell(int handle);
int file_eof(int handle);
int file_truncate(int handle, int size);
int file_flush(int handle);
void dir_close(int handle);

/* Compression */
int inflate_file(const char *src, const char *dst);
int deflate_file(const char *src, const char *dst);
int deflate_mem_to_file(const void *src, int len, const char *dst);
int inflate_file_to_mem(const char *src, void *dst, int dst_max);
int inflate_mem(const void *src, int len, void *dst, int dst_max);
int deflate_mem(const void *src, int len, void *dst, int dst_max);

/* Mathematics */
float sinf(float x);
double sin(double x);
float cosf(float x);
double cos(double x);
float tanf(float x);
double tan(double x);
float asinf(float x);
double asin(double x);
float acosf(float x);
double acos(double x);
float atanf(float x);
double atan(double x);
float expf(float x);
double exp(double x);
float logf(float x);
double log(double x);
float log2f(float x);
double log2(double x);
float atan2f(float y, float x);
double atan2(double y, double x);
float powf(float x, float y);
double pow(double x, double y);
float fmodf(float x, float y);
double fmod(double x, double y);
float lerp(float a, float b, float t);
int larp(int x, int x_min, int x_max, int min_val, int max_val, int offset, int window, int stride);
float larpf(float x, float x_min, float x_max, float min_val, float max_val, float offset, float window, int stride);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double asinh(double x);
double acosh(double x);
double atanh(double x);
double cbrt(double x);
double exp2(double x);
double expm1(double x);
double log10(double x);
double log1p(double x);
double erf(double x);
double erfc(double x);
double tgamma(double x);
double lgamma(double x);
double hypot(double x, double y);
double remainder(double x, double y);

/* Memory */
void *malloc(unsigned int size);
void *calloc(unsigned int count, unsigned int size);
void free(void *block);
void *realloc(void *block, unsigned int size);

/* Console */
int console_read(void *buffer, int max_len);
int console_key(void);
int console_write(int stream, const void *data, int len);
int console_column(void);

/* Helpers */
static inline int clamp(int x, int low, int high) { return x < low ? low : x > high ? high : x; }
static inline float clampf(float x, float low, float high) { return x < low ? low : x > high ? high : x; }
static inline int map_range(int x, int in_min, int in_max, int out_min, int out_max) { if (in_min == in_max) return out_min; return (int)((long long)(x - in_min) * (out_max - out_min) / (in_max - in_min)) + out_min; }
static inline float map_rangef(float x, float in_min, float in_max, float out_min, float out_max) { if (in_min == in_max) return out_min; return (x - in_min) * (out_max - out_min) / (in_max - in_min) + out_min; }
static inline int clamp255(int x) { return clamp(x, 0, 255); }
static inline int abs_i(int x) { return x < 0 ? -x : x; }
static inline int sin256(int x) { return (int)((sinf((float)(x & 255) / 255.0f * 6.28318531f) + 1.0f) * 127.5f); }
static inline int cos256(int x) { return sin256(x + 64); }
static inline int rgb(int r, int g, int b) { return (r & 255) << 16 | (g & 255) << 8 | (b & 255); }
static inline int rgb_r(int color) { return color >> 16 & 255; }
static inline int rgb_g(int color) { return color >> 8 & 255; }
static inline int rgb_b(int color) { return color & 255; }
static inline int hsv_h(int color) { return color >> 16 & 255; }
static inline int hsv_s(int color) { return color >> 8 & 255; }
static inline int hsv_v(int color) { return color & 255; }
static inline int file_exists(const char *path) { struct conez_stat s; return file_stat(path, &s) == 0; }

#endif
